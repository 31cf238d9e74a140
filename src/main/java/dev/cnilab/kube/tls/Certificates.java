package dev.cnilab.kube.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues the cluster's certificates, with the subjects and usages of kubeadm's. */
final class Certificates {
    /** The subject alternative names of every API server. */
    private static final List<String> SERVER_NAMES =
            List.of(
                    "127.0.0.1",
                    "::1",
                    "localhost",
                    "kubernetes",
                    "kubernetes.default",
                    "kubernetes.default.svc",
                    "kubernetes.default.svc.cluster.local",
                    "10.96.0.1");

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final Duration VALIDITY = Duration.ofDays(3650);

    /** Backdates certificates, for clients whose clock is behind. */
    private static final Duration LEEWAY = Duration.ofHours(1);

    private static final X500Principal AUTHORITY = new X500Principal("CN=kubernetes");

    private Certificates() {}

    static X509Certificate authority(KeyPair pair) throws IOException, GeneralSecurityException {
        X509v3CertificateBuilder builder = builder(AUTHORITY, pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(
                Extension.keyUsage,
                true,
                new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature));
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
        return sign(builder, pair);
    }

    static X509Certificate server(
            PublicKey key, Set<String> names, KeyPair authorityKey, X509Certificate authority)
            throws IOException, GeneralSecurityException {
        X509v3CertificateBuilder builder = builder(new X500Principal("CN=kube-apiserver"), key);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority));
        Set<String> all = new TreeSet<>(names);
        all.addAll(SERVER_NAMES);
        GeneralName[] alternatives =
                all.stream().map(Certificates::generalName).toArray(GeneralName[]::new);
        builder.addExtension(
                Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
        return sign(builder, authorityKey);
    }

    static X509Certificate client(
            PublicKey key, String name, KeyPair authorityKey, X509Certificate authority)
            throws IOException, GeneralSecurityException {
        X500Principal subject = new X500Principal("CN=" + name + ",O=system:masters");
        X509v3CertificateBuilder builder = builder(subject, key);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority));
        return sign(builder, authorityKey);
    }

    private static GeneralName generalName(String name) {
        int tag = ADDRESS.matcher(name).matches() ? GeneralName.iPAddress : GeneralName.dNSName;
        return new GeneralName(tag, name);
    }

    private static X509v3CertificateBuilder builder(X500Principal subject, PublicKey key) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                AUTHORITY,
                new BigInteger(64, new SecureRandom()).add(BigInteger.ONE),
                Date.from(now.minus(LEEWAY)),
                Date.from(now.plus(VALIDITY)),
                subject,
                key);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair signer)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(signer.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("cannot sign with the authority's key", e);
        }
    }
}

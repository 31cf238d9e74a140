package dev.cnilab.kube.tls;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * The cluster's certificate authority, stored in {@code ca.crt} and {@code ca.key} of an owner-only
 * directory. All keys are ECDSA P-256.
 */
public final class Pki {
    private final KeyPair authorityKey;
    private final X509Certificate authority;

    private Pki(KeyPair authorityKey, X509Certificate authority) {
        this.authorityKey = authorityKey;
        this.authority = authority;
    }

    /**
     * Reads the CA from the directory, or creates it if absent.
     *
     * @throws IOException when the files cannot be read, parsed or written
     */
    public static Pki open(Path directory) throws IOException {
        Path certificate = directory.resolve("ca.crt");
        Path key = directory.resolve("ca.key");
        try {
            if (Files.exists(certificate) && Files.exists(key)) {
                X509Certificate known = readCertificate(certificate);
                return new Pki(new KeyPair(known.getPublicKey(), readKey(key)), known);
            }
            KeyPair pair = newKey();
            X509Certificate authority = Certificates.authority(pair);
            OwnerOnly.write(key, pem(pair));
            OwnerOnly.write(certificate, pem(authority));
            return new Pki(pair, authority);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "cannot make or read the certificate authority in " + directory, e);
        }
    }

    /** The CA certificate, PEM. */
    public String authorityPem() throws IOException {
        return pem(authority);
    }

    /**
     * A TLS context with a new server certificate, whose key is kept in memory only.
     *
     * @param names DNS names and addresses of the server, in addition to those of every API server
     */
    public SSLContext serverContext(Set<String> names) throws IOException {
        try {
            KeyPair pair = newKey();
            X509Certificate certificate =
                    Certificates.server(pair.getPublic(), names, authorityKey, authority);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            Certificate[] chain = {certificate, authority};
            store.setKeyEntry("server", pair.getPrivate(), new char[0], chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), clients().getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot make the API server's certificate", e);
        }
    }

    /** Trusts client certificates of the same CA. */
    private TrustManagerFactory clients() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", authority);
        TrustManagerFactory clients = TrustManagerFactory.getInstance("PKIX");
        clients.init(store);
        return clients;
    }

    /**
     * Issues a client certificate.
     *
     * @param name the client's common name
     */
    public Credentials client(String name) throws IOException {
        try {
            KeyPair pair = newKey();
            X509Certificate certificate =
                    Certificates.client(pair.getPublic(), name, authorityKey, authority);
            return new Credentials(pem(certificate), pem(pair));
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot make a client's certificate", e);
        }
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), new SecureRandom());
        return generator.generateKeyPair();
    }

    private static PrivateKey readKey(Path file) throws IOException {
        if (parse(file) instanceof PrivateKeyInfo info) {
            return new JcaPEMKeyConverter().getPrivateKey(info);
        }
        throw new IOException(file + " is not a PEM private key; remove it and start again");
    }

    private static X509Certificate readCertificate(Path file)
            throws IOException, GeneralSecurityException {
        if (parse(file) instanceof X509CertificateHolder holder) {
            return new JcaX509CertificateConverter().getCertificate(holder);
        }
        throw new IOException(file + " is not a PEM certificate; remove it and start again");
    }

    private static Object parse(Path file) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
            return parser.readObject();
        }
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            // PKCS #8: BouncyCastle's own encoding of an EC key loses the curve.
            writer.writeObject(
                    object instanceof KeyPair pair
                            ? new PemObject("PRIVATE KEY", pair.getPrivate().getEncoded())
                            : object);
        }
        return text.toString();
    }
}

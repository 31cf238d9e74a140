package dev.cnilab.cluster.preflight;

/** The embedded cluster runs the program's own image and no other. */
record FlannelImages() implements Look {

    @Override
    public Finding look() {
        return new Finding.Missing(
                "its containers are processes of this machine, without an image to be pulled",
                "the embedded cluster can't run flannel's images",
                "--provider kind, or the lab flannel-ipip");
    }
}

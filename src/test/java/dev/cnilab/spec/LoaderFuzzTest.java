package dev.cnilab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Mutations of the bundled lab either load or are rejected with problems. */
class LoaderFuzzTest {

    private static final int ROUNDS = 100;
    private static final String SPECIAL = "\t\n :-[]{}&*!|>'\"#%@`,?$~<\\0";

    @RepeatedTest(5)
    void onlySpecExceptionsEscape(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] original = LabText.bundled().text().getBytes(StandardCharsets.UTF_8);
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] mutated = mutate(original, random);
            try {
                SpecLoader.load(new LabSource("fuzz", TextFile.decode(mutated), Optional.empty()));
            } catch (SpecException e) {
                assertThat(e.problems()).isNotEmpty().allMatch(p -> !p.message().isBlank());
            } catch (IOException e) {
                assertThat(e).hasMessageStartingWith("is ");
            }
            assertThat(System.nanoTime()).as("time for %d rounds", i + 1).isLessThan(deadline);
        }
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] bytes = original.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) SPECIAL.charAt(random.nextInt(SPECIAL.length()));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> {
                    int length = Math.min(random.nextInt(80), bytes.length - at);
                    int from = random.nextInt(bytes.length - length);
                    System.arraycopy(bytes, from, bytes, at, length);
                }
                default -> {
                    byte[] cut = new byte[at + 1];
                    System.arraycopy(bytes, 0, cut, 0, cut.length);
                    bytes = i == 0 ? cut : bytes;
                }
            }
        }
        return bytes;
    }
}

package io.aipanel.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "12,12",
        "0.1,0.1",
        "0.30000000000000004,0.3",
        "123.456789,123.457",
        "9999999999.6,10000000000",
        "10000000000,10000000000",
        "0.00000123,0.000001",
        "0.0000001,0",
        "-2.5,-2.5"
    })
    void aMeasuredNumberHasSixDigitsAndNoExponent(double measured, String written) {
        assertThat(Json.number(measured).toString()).isEqualTo(written);
    }
}

namespace AiObs.Tests.Privacy.Redaction;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("Call +4915112345678.", "Call [PHONE].")]
    [InlineData("+49 (0)30 1234-567", "[PHONE]")]
    [InlineData("+1 (202) 555-0143", "[PHONE]")]
    [InlineData("+1-202-555-0143", "[PHONE]")]
    [InlineData("+33.1.23.45.67.89", "[PHONE]")]
    [InlineData("+44 20 7946 0958 or mail", "[PHONE] or mail")]
    [InlineData("0049 30 1234567", "[PHONE]")]
    [InlineData("(202) 555-0143", "[PHONE]")]
    [InlineData("202-555-0143", "[PHONE]")]
    [InlineData("202.555.0143", "[PHONE]")]
    [InlineData("call 202 555 0143 now", "call [PHONE] now")]
    [InlineData("1-800-555-0199", "[PHONE]")]
    [InlineData("030/1234567", "[PHONE]")]
    [InlineData("(030) 1234567", "[PHONE]")]
    [InlineData("020 7946 0958", "[PHONE]")]
    [InlineData("01 23 45 67 89", "[PHONE]")]
    [InlineData("tel:0171-1234567", "tel:[PHONE]")]
    [InlineData("""call\n+4915112345678""", """call\n[PHONE]""")]
    public void Apply_PhoneNumber_IsReplaced(string text, string expected) =>
        Assert.Equal(expected, Redacted.By(RedactionRules.Phone, text));

    [Theory]
    [InlineData("1234567890")]
    [InlineData("0123456789")]
    [InlineData("2024-01-15T10:20:30+02:00")]
    [InlineData("15.01.2024 10:30")]
    [InlineData("05/06/2024 10 people")]
    [InlineData("01-02-2024 10:30")]
    [InlineData("+48.8566140, +2.3522219")]
    [InlineData("0123.456789")]
    [InlineData("sizes 200 300 4000 500")]
    [InlineData("200, 300 400 5000")]
    [InlineData("192.168.100.200")]
    [InlineData("ISBN 978-3-16-148410-0")]
    [InlineData("x+12345678")]
    [InlineData("+1234567")]
    public void Apply_NoPhoneNumber_StaysAsItIs(string text) => Assert.Equal(text, Redacted.By(RedactionRules.Phone, text));
}

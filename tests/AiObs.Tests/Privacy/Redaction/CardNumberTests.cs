namespace AiObs.Tests.Privacy.Redaction;

public sealed class CardNumberTests
{
    [Theory]
    [InlineData("4111111111111111", "[CARD]")]
    [InlineData("Visa 4111 1111 1111 1111, thanks", "Visa [CARD], thanks")]
    [InlineData("5555-5555-5555-4444", "[CARD]")]
    [InlineData("Amex 3782 822463 10005.", "Amex [CARD].")]
    [InlineData("378282246310005", "[CARD]")]
    [InlineData("Diners 3056 930902 5904", "Diners [CARD]")]
    [InlineData("4222222222222", "[CARD]")]
    [InlineData("2223003122003222", "[CARD]")]
    [InlineData("6304 0000 0000 0000 000", "[CARD]")]
    [InlineData("4111 1111 1111 1111 123", "[CARD] 123")]
    [InlineData("4111 1111 1111 1111 12/27", "[CARD] 12/27")]
    [InlineData("2024 4111 1111 1111 1111", "2024 [CARD]")]
    [InlineData("3500 4111 1111 1111 1111", "3500 [CARD]")]
    [InlineData("name,4111111111111111,12/27", "name,[CARD],12/27")]
    [InlineData("""{\n4111111111111111""", """{\n[CARD]""")]
    public void Apply_CardNumber_IsReplaced(string text, string expected) =>
        Assert.Equal(expected, Redacted.By(RedactionRules.Card, text));

    [Theory]
    [InlineData("4111111111111112")]
    [InlineData("4111 1111 1111 1112")]
    [InlineData("1111111111111117")]
    [InlineData("0.4111111111111111")]
    [InlineData("4111111111111111.5")]
    [InlineData("x4111111111111111")]
    [InlineData("41111111111111110000000")]
    [InlineData("1700000000000")]
    public void Apply_OtherNumber_StaysAsItIs(string text) => Assert.Equal(text, Redacted.By(RedactionRules.Card, text));
}

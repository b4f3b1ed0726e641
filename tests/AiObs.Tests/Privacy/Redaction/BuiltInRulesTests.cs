using AiObs.Privacy.Redaction;

namespace AiObs.Tests.Privacy.Redaction;

public sealed class BuiltInRulesTests
{
    [Theory]
    [InlineData("1,234,567.89 EUR, $1 234.50, 99.99 %, -17, 3.14159265358979, 6.02e23, 1_000_000")]
    [InlineData("2024-01-15, 15.01.2024, 01/15/2024, 2024-01-15T10:20:30.1234567+02:00, 20240115102030, 10:20:30")]
    [InlineData("v1.2.3-beta.4, 10.0.14, version 1.2.3.4, net10.0, ^18.2.0, 1.0.0+sha.5114f85")]
    [InlineData("7b9b2c7e-8a57-4f6b-9b53-2f0f3f6f3c11, 12345678-1234-1234-1234-123456789012, 00000000-0000-0000-0000-000000000000")]
    [InlineData("1700000000, 1700000000000, 1700000000000000000, 9007199254740991, 18446744073709551615")]
    [InlineData("order 302-1234567-1234567, invoice 2024/00123, room 12-34, ratio 16:9, 3-5 days")]
    [InlineData("if (a[i] >= 0x7FFFFFFF && b == 1e-10) { x.y += 12345678; } // see #1234")]
    [InlineData("SELECT * FROM t WHERE id IN (100, 200, 300, 4000) AND ts > '2024-01-15 10:20:30'")]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709 commit 3f786850e387550fdab836ed7e6dc881de23001b")]
    [InlineData("Microsoft.Extensions.AI, @Component, user@host, #channel, ~/.ssh/config, C:\\temp\\new, std::map<K, V>::iterator")]
    [InlineData("[48.8566140, 2.3522219], [0.1, 0.25, 0.375], 100 200 300")]
    [InlineData("The quick brown fox jumps over the lazy dog. 12 apples, 7 pears, and 1000 grapes.")]
    public void Apply_OrdinaryText_StaysAsItIs(string text) => Assert.Equal(text, Redacted.ByAll(text));

    [Fact]
    public void For_AllRules_DoNotTakePiecesOutOfEachOther()
    {
        const string text = """
            ada@example.com +4915112345678 4111 1111 1111 1111 DE89 3704 0044 0532 0130 00 192.168.178.20
            eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MTExIn0.c2lnbmF0dXJl key_4111 sk-proj-4111111111111111-0301234567-ada
            """;

        Assert.Equal(
            """
            [EMAIL] [PHONE] [CARD] [IBAN] [IP_ADDRESS]
            [JWT] key_4111 [API_KEY]
            """,
            Redacted.ByAll(text));
    }

    [Fact]
    public void For_AllRules_LeaveTheirOwnPlaceholdersAlone()
    {
        var once = Redacted.ByAll("ada@example.com 030 1234567 10.1.2.3");

        Assert.Equal(once, Redacted.ByAll(once));
    }

    [Theory]
    [InlineData(RedactionRules.Email, "email")]
    [InlineData(RedactionRules.Phone, "phone")]
    [InlineData(RedactionRules.Card, "card")]
    [InlineData(RedactionRules.Iban, "iban")]
    [InlineData(RedactionRules.IpAddress, "ip_address")]
    [InlineData(RedactionRules.Jwt, "jwt")]
    [InlineData(RedactionRules.ApiKey, "api_key")]
    public void For_OneFlag_HasOnlyItsRule(RedactionRules flag, string name) =>
        Assert.Equal([name], BuiltInRules.For(flag).Select(static rule => rule.Name));

    [Fact]
    public void For_None_IsEmpty() => Assert.Empty(BuiltInRules.For(RedactionRules.None));
}

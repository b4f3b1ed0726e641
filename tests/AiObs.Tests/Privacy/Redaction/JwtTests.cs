namespace AiObs.Tests.Privacy.Redaction;

public sealed class JwtTests
{
    private const string Header = "eyJhbGciOiJIUzI1NiJ9";

    [Theory]
    [InlineData($"{Header}.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P", "[JWT]")]
    [InlineData($"Authorization: Bearer {Header}.eyJzdWIiOiIxIn0.abc-_123", "Authorization: Bearer [JWT]")]
    [InlineData($"unsigned {Header}.eyJzdWIiOiIxIn0. next", "unsigned [JWT] next")]
    [InlineData($"{Header}.QR1Owv2ug2WyPBnbQrRARTeEk9kDO2w8.AxY8DCtDaGlsbGljb3RoZQ.KDlTtXchhZTGufMYmOYGS4HffxPSUrfm.XFBoMYUZodetZdvT", "[JWT]")]
    [InlineData($"""token=\n{Header}.eyJzdWIiOiIxIn0.abc""", """token=\n[JWT]""")]
    public void Apply_Token_IsReplaced(string text, string expected) =>
        Assert.Equal(expected, Redacted.By(RedactionRules.Jwt, text));

    [Theory]
    [InlineData(Header)]
    [InlineData("eyJ.a.b")]
    [InlineData($"a{Header}.eyJzdWIiOiIxIn0.abc")]
    public void Apply_NoToken_StaysAsItIs(string text) => Assert.Equal(text, Redacted.By(RedactionRules.Jwt, text));
}

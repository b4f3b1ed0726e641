namespace AiObs.Tests.Privacy.Redaction;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("Write to ada@example.com.", "Write to [EMAIL].")]
    [InlineData("<Ada.Lovelace+work@mail.example.co.uk>", "<[EMAIL]>")]
    [InlineData("a@b.io,c@d.io", "[EMAIL],[EMAIL]")]
    [InlineData("o'neil_99%x@sub-domain.example.org", "[EMAIL]")]
    [InlineData("jörg@müller.example", "[EMAIL]")]
    [InlineData("mailto:ada@example.com?subject=Hi", "mailto:[EMAIL]?subject=Hi")]
    [InlineData("https://ada:pass@example.com/x", "https://ada:[EMAIL]/x")]
    public void Apply_MailAddress_IsReplaced(string text, string expected) =>
        Assert.Equal(expected, Redacted.By(RedactionRules.Email, text));

    [Theory]
    [InlineData("[@Inject] public x")]
    [InlineData("ada@localhost")]
    [InlineData("@ada on example.com")]
    [InlineData("git clone git@github.com:owner/name.git")]
    [InlineData("npm i react@18.3.0-rc.one left-pad@1.3.0")]
    [InlineData("a @ b.com")]
    public void Apply_NoMailAddress_StaysAsItIs(string text) => Assert.Equal(text, Redacted.By(RedactionRules.Email, text));
}

namespace AiObs.Tests.Privacy.Redaction;

public sealed class ApiKeyTests
{
    // Keys are put together here so that scanners of repositories do not take them for real ones.
    private const string Text = "Ab3dEf6hIj9lMn2pQr5tUv8xYz1bCd4fGh7j";

    [Theory]
    [InlineData("sk-", Text)]
    [InlineData("sk-proj-", Text)]
    [InlineData("sk-ant-api03-", Text)]
    [InlineData("sk-or-v1-", Text)]
    [InlineData("gsk_", Text + Text)]
    [InlineData("hf_", Text)]
    [InlineData("AKIA", "IOSFODNN7EXAMPLE")]
    [InlineData("AIza", "SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q")]
    [InlineData("ghp_", Text)]
    [InlineData("gho_", Text)]
    [InlineData("github_pat_", "11ABCDEFG0abcdefghijkl_" + Text)]
    [InlineData("glpat-", Text)]
    [InlineData("npm_", Text)]
    [InlineData("xoxb-", "123456789012-123456789012-abcdefghijkl")]
    [InlineData("xapp-1-", Text)]
    [InlineData("sk_live_", Text)]
    [InlineData("rk_test_", Text)]
    [InlineData("whsec_", Text)]
    [InlineData("SG.", "abcdefghijklmnop1.abcdefghijklmnop2")]
    public void Apply_KeyOfKnownShape_IsReplaced(string prefix, string rest) =>
        Assert.Equal("use [API_KEY], please", Redacted.By(RedactionRules.ApiKey, $"use {prefix}{rest}, please"));

    [Theory]
    [InlineData("Authorization: Bearer abcdef0123456789xyz", "Authorization: Bearer [API_KEY]")]
    [InlineData("api-key: 0123456789abcdef0123456789abcdef", "api-key: [API_KEY]")]
    [InlineData("""{"api_key": "0123456789abcdef0123456789abcdef"}""", """{"api_key": "[API_KEY]"}""")]
    [InlineData("AccountName=x;AccountKey=Zm9vYmFy0123456789abcdef+/Zm9vYmFy==;Suffix=y", "AccountName=x;AccountKey=[API_KEY];Suffix=y")]
    [InlineData("SharedAccessKey=Zm9vYmFy0123456789abcdef=", "SharedAccessKey=[API_KEY]")]
    [InlineData("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "aws_secret_access_key = [API_KEY]")]
    [InlineData("https://x.blob.core.windows.net/c?sv=1&sig=Zm9vYmFy0123456789abcdef%3D", "https://x.blob.core.windows.net/c?sv=1&sig=[API_KEY]")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY----- end", "[API_KEY] end")]
    public void Apply_KeyNamedAsSuch_IsReplaced(string text, string expected) =>
        Assert.Equal(expected, Redacted.By(RedactionRules.ApiKey, text));

    [Theory]
    [InlineData("sk-learn-feature-selection-and-more")]
    [InlineData("task-1234567890123456789012345")]
    [InlineData("AKIA is a prefix")]
    [InlineData("Bearer of good tidings everywhere")]
    [InlineData("5d41402abc4b2a76b9719d911017c592")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("the api key is short")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----")]
    public void Apply_NoKey_StaysAsItIs(string text) => Assert.Equal(text, Redacted.By(RedactionRules.ApiKey, text));
}

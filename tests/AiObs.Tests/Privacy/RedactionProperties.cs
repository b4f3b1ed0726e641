using System.Diagnostics.Metrics;
using System.Text.Json;
using AiObs.Operations;
using AiObs.Privacy;
using AiObs.TestSupport;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiObs.Tests.Privacy;

/// <summary>Whatever stands in a text or document: redaction ends, soon, with a text or a document, and shows no secret.</summary>
public sealed class RedactionProperties : IDisposable
{
    private const string Secret = "sk-proj-4f9XkQ2mZt7LbN1cV8aR";

    private readonly Meter _meter = new($"redaction-{Guid.NewGuid():N}");
    private readonly StepOperation _operation = new(OperationKind.Chain, "step");
    private readonly TextRedactor _redactor;

    public RedactionProperties() =>
        _redactor = new(new PrivacyOptions { RedactionRules = RedactionRules.All }, TimeSpan.FromHours(1), new Faults(_meter, NullLogger.Instance));

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void Text_SecretInAnyText_IsNotShown() => Fuzz.Check(Gen.Zip(HostileText.Any, HostileText.Any), around =>
    {
        var redacted = _redactor.Text(_operation, default, $"{around.Item1} {Secret} {around.Item2}");

        Assert.DoesNotContain(Secret, redacted, StringComparison.Ordinal);
    });

    [Fact]
    public void Text_RedactedTwice_IsTheSame() => Fuzz.Check(HostileText.Any, text =>
    {
        var once = _redactor.Text(_operation, default, text);

        Assert.Equal(once, _redactor.Text(_operation, default, once));
    });

    [Fact]
    public void Json_AnyDocument_IsADocumentWithoutTheSecret() => Fuzz.Check(HostileJson.Document, json =>
    {
        var redacted = _redactor.Json(_operation, default, json.Replace("\"a\"", $"\"{Secret}\"", StringComparison.Ordinal));

        using var document = JsonDocument.Parse(redacted);
        Assert.DoesNotContain(Secret, redacted, StringComparison.Ordinal);
    });

    [Fact]
    public void Json_AnyBytes_IsADocument() => Fuzz.Check(HostileJson.Bytes(HostileJson.Document), bytes =>
        JsonDocument.Parse(_redactor.Json(_operation, default, System.Text.Encoding.Latin1.GetString(bytes))).Dispose());

    /// <summary>Patterns that look at a character again and again would take minutes for such texts; the time limit of a rule is seconds.</summary>
    [Theory]
    [InlineData("a@")]
    [InlineData("a.")]
    [InlineData("a@a.")]
    [InlineData("sk-")]
    [InlineData("sk-a_")]
    [InlineData("eyJaaaaaaaa.")]
    [InlineData("eyJ")]
    [InlineData("bearer ")]
    [InlineData("api_key=")]
    [InlineData("api_key api_key: ")]
    [InlineData("secret-access-")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("-----BEGIN 0 ")]
    [InlineData("+1 (")]
    [InlineData("1 ")]
    [InlineData("555 ")]
    [InlineData("4111 ")]
    [InlineData("DE89 ")]
    [InlineData("DE89a")]
    [InlineData("2001:")]
    [InlineData("1.")]
    [InlineData("version=")]
    [InlineData("xoxb-")]
    [InlineData("SG.aaaaaaaaaaaaaaaa.")]
    [InlineData("é")]
    public void Text_OneThingAgainAndAgain_IsRedactedInTime(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length));

        _redactor.Text(_operation, default, text);

        Assert.DoesNotContain("failed", _operation.Redactions?.Keys ?? []);
    }
}

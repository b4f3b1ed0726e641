using System.Diagnostics.Metrics;
using System.Text.Json;
using AiObs.Privacy;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiObs.Tests.Privacy;

public sealed class ContentLimitTests : IDisposable
{
    private static readonly Config Quiet = Fuzz.Config();

    private readonly Meter _meter = new($"limit-{Guid.NewGuid():N}");

    [Fact]
    public void Text_AsLongAsAllowed_StaysAsItIs() => Assert.Equal("0123456789abcdef", Limit(16).Text("0123456789abcdef"));

    [Fact]
    public void Text_LongerThanAllowed_KeepsTheHeadAndSaysHowMuchThereWas() =>
        Assert.Equal("0123456789abcdef… [truncated, 17 characters in all]", Limit(16).Text("0123456789abcdefg"));

    [Fact]
    public void Text_CutInsideSurrogatePair_LeavesThePairOut() =>
        Assert.Equal("0123456789abcde… [truncated, 18 characters in all]", Limit(16).Text("0123456789abcde\ud83d\ude00f"));

    [Fact]
    public void Json_AsLongAsAllowed_StaysAsItIs() => Assert.Equal("""{"a":"0123456"}""", Limit(16).Json("""{"a":"0123456"}"""));

    [Fact]
    public void Json_LongerThanAllowed_BecomesObjectWithHeadAndLength() => Assert.Equal(
        """{"truncated":"{\"a\":\"0123456789","length":18}""",
        Limit(16).Json("""{"a":"0123456789"}"""));

    [Fact]
    public void Cut_OfTextAndJson_CountsAsDrops()
    {
        using var metrics = new MetricCollector(_meter.Name);
        var limit = Limit(16);

        limit.Text(new string('a', 16));
        limit.Text(new string('a', 17));
        limit.Json($"\"{new string('a', 17)}\"");

        Assert.All(metrics.Of("aiobs.drops"), static drop => Assert.Equal("content_limit", drop.Tags["aiobs.part"]));
        Assert.Equal(2, metrics.Of("aiobs.drops").Count);
    }

    [Fact]
    public void Json_OfAnyText_StaysValid() => Check.One(Quiet, Prop.ForAll<string>(text =>
    {
        var json = JsonSerializer.Serialize(new Dictionary<string, string> { ["text"] = string.Concat(Enumerable.Repeat(text ?? "", 5)) });

        using var document = JsonDocument.Parse(Limit(PrivacyOptions.SmallestMaxContentLength).Json(json));

        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
    }));

    public void Dispose() => _meter.Dispose();

    private ContentLimit Limit(int limit) => new(limit, new Faults(_meter, NullLogger.Instance));
}

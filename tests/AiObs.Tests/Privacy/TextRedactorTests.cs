using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using AiObs.Operations;
using AiObs.Privacy;
using AiObs.Privacy.Redaction;
using AiObs.TestSupport;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Tests.Privacy;

public sealed class TextRedactorTests : IDisposable
{
    private const string Secret = "CANARY";

    private static readonly RedactionPlace Place = new(RedactionKind.Message);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly Meter _meter = new($"redactor-{Guid.NewGuid():N}");
    private readonly FakeLogCollector _logs = new();
    private readonly StepOperation _operation = new(OperationKind.Chain, "step");

    [Fact]
    public void Text_BuiltInRules_CountTheirHits()
    {
        var redactor = Redactor(new() { RedactionRules = RedactionRules.Email | RedactionRules.IpAddress });

        var text = redactor.Text(_operation, Place, "ada@example.com and bob@example.com from 10.0.0.1");

        Assert.Equal("[EMAIL] and [EMAIL] from [IP_ADDRESS]", text);
        Assert.Equal(new Dictionary<string, int> { ["email"] = 2, ["ip_address"] = 1 }, _operation.Redactions);
    }

    [Theory]
    [InlineData("a@b.co_ada@example.com", "[EMAIL][EMAIL]")]
    [InlineData("a@b.co1ada@example.com x", "[EMAIL][EMAIL] x")]
    [InlineData("by a@b.co_ada@example.com_bob@example.com", "by [EMAIL][EMAIL][EMAIL]")]
    public void Text_SecretRightBehindAnother_IsRedactedToo(string text, string expected) =>
        Assert.Equal(expected, Redactor(new() { RedactionRules = RedactionRules.Email }).Text(_operation, Place, text));

    [Fact]
    public void Text_OwnRedaction_SeesWhatBuiltInRulesLeft()
    {
        var redactor = Redactor(new()
        {
            RedactionRules = RedactionRules.Email,
            RedactText = static (_, text) => text.Replace("[EMAIL]", "someone", StringComparison.Ordinal),
        });

        Assert.Equal("from someone", redactor.Text(_operation, Place, "from ada@example.com"));
    }

    [Fact]
    public void Text_OwnRedactionReturnsNull_HidesTheText() =>
        Assert.Equal("__REDACTED__", Redactor(new() { RedactText = static (_, _) => null }).Text(_operation, Place, Secret));

    [Fact]
    public void Text_OwnRedactionThrows_HidesTheTextAndLogsOnceWithoutTheMessage()
    {
        using var metrics = new MetricCollector(_meter.Name);
        var redactor = Redactor(new() { RedactText = static (_, text) => throw new InvalidOperationException(text) });

        Assert.Equal("__REDACTED__", redactor.Text(_operation, Place, Secret));
        Assert.Equal("__REDACTED__", redactor.Text(_operation, Place, Secret));

        Assert.Equal(new Dictionary<string, int> { ["failed"] = 2 }, _operation.Redactions);
        Assert.Equal(["redactor", "redactor"], metrics.Of("aiobs.faults").Select(static fault => fault.Tags["aiobs.part"]));
        Assert.Single(_logs.GetSnapshot());
        Assert.Empty(new CanaryScan(Secret).Search(_logs.GetSnapshot()).Hits);
    }

    [Fact]
    public void Text_PatternTimesOut_HidesTheText()
    {
        // Exponential in the length of the text, so that no machine is fast enough.
        var slow = new RedactionRule("slow", new Regex("^(a|aa)+$", RegexOptions.None, TimeSpan.FromMilliseconds(1)));
        var redactor = new TextRedactor(_ => [slow], redactText: null, Limit, Faults());

        Assert.Equal("__REDACTED__", redactor.Text(_operation, Place, $"{new string('a', 100)}!"));
        Assert.Equal(new Dictionary<string, int> { ["failed"] = 1 }, _operation.Redactions);
    }

    [Fact]
    public void Text_Empty_DoesNotReachOwnRedaction() =>
        Assert.Equal("", Redactor(new() { RedactText = static (_, _) => throw new InvalidOperationException() }).Text(_operation, Place, ""));

    [Fact]
    public void Text_NothingChosen_IsTheSameInstance()
    {
        var text = new string('a', 10);

        Assert.Same(text, Redactor(new()).Text(_operation, Place, text));
    }

    [Fact]
    public void Json_TextsNamesAndNumbers_AreRedacted() => Assert.Equal(
        """{"[EMAIL]":["[EMAIL]",{"card":"[CARD]","n":12,"big":1.50,"on":true,"off":null}],"city":"Zürich"}""",
        Redactor(new() { RedactionRules = RedactionRules.All }).Json(
            _operation,
            Place,
            """{"a@b.io": ["a@b.io", {"card": 4111111111111111, "n": 12, "big": 1.50, "on": true, "off": null}], "city": "Z\u00fcrich"}"""));

    [Fact]
    public void Json_MemberNamedAsKey_IsRedactedWhateverItLooksLike()
    {
        var redactor = Redactor(new() { RedactionRules = RedactionRules.ApiKey });

        Assert.Equal(
            """{"api_key":"[API_KEY]","x-api-key":"[API_KEY]","clientSecret":"[API_KEY]","keyboard":"short","apiKeys":2}""",
            redactor.Json(_operation, Place, """{"api_key":"short","x-api-key":"short","clientSecret":"short","keyboard":"short","apiKeys":2}"""));
        Assert.Equal(new Dictionary<string, int> { ["api_key"] = 3 }, _operation.Redactions);
    }

    [Fact]
    public void Json_OwnRedactionThrowsOnOneText_KeepsTheRest()
    {
        var redactor = Redactor(new() { RedactText = static (_, text) => text == "bad" ? throw new InvalidOperationException() : text });

        Assert.Equal("""{"a":"__REDACTED__","b":"good","c":1}""", redactor.Json(_operation, Place, """{"a":"bad","b":"good","c":1}"""));
    }

    [Fact]
    public void Json_OwnRedaction_IsToldWhereEachTextStands()
    {
        List<(string Text, RedactionPlace Place)> places = [];
        var redactor = Redactor(new()
        {
            RedactText = (place, text) =>
            {
                places.Add((text, place));
                return text;
            },
        });
        var place = new RedactionPlace(RedactionKind.ToolArgument) { Tool = "mail" };

        redactor.Json(_operation, place, """{"to":{"mail":["a"]},"n":1}""");
        redactor.Json(_operation, place with { Key = "arguments" }, """{"to":"b"}""");

        Assert.Equal(
            [("to", null), ("mail", "to"), ("a", "to.mail"), ("n", null), ("1", "n"), ("to", "arguments"), ("b", "arguments.to")],
            places.Select(static seen => (seen.Text, seen.Place.Key)));
        Assert.All(places, seen => Assert.Equal((RedactionKind.ToolArgument, false, "mail"), (seen.Place.Kind, seen.Place.IsOutput, seen.Place.Tool)));
    }

    [Fact]
    public void Json_OwnRedactionOfOneMember_LeavesItsName()
    {
        var redactor = Redactor(new() { RedactText = static (place, text) => place.Key == "salary" ? "[SALARY]" : text });

        Assert.Equal(
            """{"name":"bob","salary":"[SALARY]"}""", redactor.Json(_operation, Place, """{"name":"bob","salary":90000}"""));
    }

    [Fact]
    public void Text_RulesOfOneKind_HoldThereInThePlaceOfTheOthers()
    {
        var redactor = Redactor(new()
        {
            RedactionRules = RedactionRules.Email,
            RedactionRulesByKind = { [RedactionKind.ToolResult] = RedactionRules.IpAddress, [RedactionKind.Tag] = RedactionRules.None },
        });

        Assert.Equal("[EMAIL] at 10.0.0.1", redactor.Text(_operation, Place, "a@b.io at 10.0.0.1"));
        Assert.Equal("a@b.io at [IP_ADDRESS]", redactor.Text(_operation, new(RedactionKind.ToolResult), "a@b.io at 10.0.0.1"));
        Assert.Equal("a@b.io at 10.0.0.1", redactor.Text(_operation, new(RedactionKind.Tag), "a@b.io at 10.0.0.1"));
    }

    [Fact]
    public void Text_OwnRedactionHangs_HidesTheTextsAndGoesOnWhenItHasComeBack()
    {
        var hung = 0;
        using var release = new ManualResetEventSlim();
        var redactor = new TextRedactor(
            new() { RedactText = (_, text) => text == "hang" && Interlocked.Increment(ref hung) > 0 && !release.Wait(Limit) ? null : text },
            TimeSpan.FromMilliseconds(50),
            Faults());

        Assert.Equal("__REDACTED__", redactor.Text(_operation, Place, "hang"));
        while (hung < Callback.MostHung)
        {
            Assert.Equal("__REDACTED__", redactor.Text(operation: null, Place, "hang"));
        }

        Assert.Equal("__REDACTED__", redactor.Text(new StepOperation(OperationKind.Chain, "other"), Place, "fine"));
        Assert.Equal(new Dictionary<string, int> { ["failed"] = 1 }, _operation.Redactions);

        release.Set();
        Assert.True(SpinWait.SpinUntil(() => redactor.Text(operation: null, Place, "fine") == "fine", Limit));
    }

    [Fact]
    public void Text_SlowOwnRedaction_TakesTheTimeOfOneOperationOnce()
    {
        var calls = 0;
        var redactor = new TextRedactor(
            new()
            {
                RedactText = (_, text) =>
                {
                    calls++;
                    Thread.Sleep(30);
                    return text;
                },
            },
            TimeSpan.FromMilliseconds(100),
            Faults());

        for (var i = 0; i < 100; i++)
        {
            redactor.Text(_operation, Place, "text");
        }

        // Each text with a time of its own would be a hundred calls; what a busy machine adds to one is not looked at.
        Assert.InRange(calls, 1, 20);
        Assert.InRange(_operation.Redactions!["failed"], 80, 100);
    }

    [Fact]
    public void Text_LongTextAndSlowRule_IsHiddenInTime()
    {
        // Each search alone would take as long as it may.
        var slow = new RedactionRule("slow", new Regex("^(a|aa)+$|b", RegexOptions.None, TimeSpan.FromMinutes(1)));
        var redactor = new TextRedactor(_ => [slow], redactText: null, TimeSpan.FromMilliseconds(50), Faults());

        Assert.Equal("__REDACTED__", redactor.Text(_operation, Place, $"{new string('a', 36)}!{new string(' ', 40_000)}"));
        Assert.Equal(new Dictionary<string, int> { ["failed"] = 1 }, _operation.Redactions);
    }

    [Fact]
    public void Json_NotReadable_IsHiddenWhole()
    {
        var redactor = Redactor(new() { RedactionRules = RedactionRules.Email });

        Assert.Equal("\"__REDACTED__\"", redactor.Json(_operation, Place, $$"""{"a":"{{Secret}}" """));
        Assert.Equal(new Dictionary<string, int> { ["failed"] = 1 }, _operation.Redactions);
    }

    public void Dispose() => _meter.Dispose();

    private TextRedactor Redactor(PrivacyOptions options) => new(options, Limit, Faults());

    private Faults Faults() => new(_meter, new FakeLogger(_logs, "AiObs"));
}

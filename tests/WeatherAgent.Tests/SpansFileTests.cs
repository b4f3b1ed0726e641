using System.Text.Json;
using AiObs.TestSupport;

namespace WeatherAgent.Tests;

/// <summary>Reads what <c>--spans</c> wrote of the built-in conversation.</summary>
public sealed class SpansFileTests(SpansRun run) : IClassFixture<SpansRun>
{
    private static readonly string[] StreamingKeys =
        ["aiobs.stream.chunks", "aiobs.stream.outcome", "gen_ai.request.stream", "gen_ai.response.time_to_first_chunk"];

    [Fact]
    public void Spans_OfTwoQuestions_AreTwoTreesWithOneConversation()
    {
        Assert.Equal(
            [
                "invoke_agent weather-assistant > chat claude-sonnet-4-5",
                "invoke_agent weather-assistant > execute_tool get_weather",
                "invoke_agent weather-assistant > chat claude-sonnet-4-5",
                "invoke_agent weather-assistant",
                "invoke_agent weather-assistant > chat claude-sonnet-4-5",
                "invoke_agent weather-assistant > execute_tool get_forecast",
                "invoke_agent weather-assistant > execute_tool get_forecast",
                "invoke_agent weather-assistant > chat claude-sonnet-4-5",
                "invoke_agent weather-assistant",
            ],
            run.Spans.Select(PathOf));
        Assert.Equal(2, run.Spans.Select(span => span.TraceId).Distinct().Count());
        Assert.Single(run.Spans.Select(span => span.Values["gen_ai.conversation.id"]).Distinct());
        Assert.All(run.Spans, span => Assert.Equal(span.Values["gen_ai.conversation.id"], span.Values["session.id"]));
    }

    [Fact]
    public void Agents_OfTwoQuestions_HaveQuestionAnswerAndToolsButNoTokens()
    {
        var agents = OfKind("AGENT");

        Assert.Equal(2, agents.Count);
        SpanAssert.Attributes(ExpectedSpans.FirstRun, agents[0].Values, "the first run");
        SpanAssert.Attributes(ExpectedSpans.SecondRun, agents[1].Values, "the second run");
    }

    [Fact]
    public void ModelCalls_OfTwoQuestions_HaveEverythingInBothConventions()
    {
        var calls = OfKind("LLM");
        var expected = ExpectedSpans.ModelCalls;

        Assert.Equal(expected.Count, calls.Count);
        for (var index = 0; index < expected.Count; index++)
        {
            SpanAssert.Attributes(expected[index], calls[index].Values, $"model call {index + 1}");
        }
    }

    [Fact]
    public void ToolCalls_OneAloneAndTwoSideBySide_HaveIdArgumentsAndResult()
    {
        var tools = OfKind("TOOL").ToDictionary(span => span.Values["tool.id"]!);

        Assert.Equal(3, tools.Count);
        SpanAssert.Attributes(ExpectedSpans.OsloLookUp, tools["toolu_fake000001x0"].Values, "the look-up");
        SpanAssert.Attributes(ExpectedSpans.OsloForecast, tools["toolu_fake000003x0"].Values, "the first forecast");
        SpanAssert.Attributes(ExpectedSpans.LisbonForecast, tools["toolu_fake000003x1"].Values, "the second forecast");
    }

    [Fact]
    public void Timing_OfModelCalls_TellsTheFirstTokenAsAttributeAndEvent() => Assert.All(OfKind("LLM"), span =>
    {
        var seconds = Assert.IsType<double>(span.Values["gen_ai.response.time_to_first_chunk"]);
        var firstToken = Assert.Single(span.Events);

        Assert.InRange(seconds * 1_000, 1, span.DurationMs);
        Assert.Equal("First Token Stream Event", firstToken.Name);
        Assert.InRange(firstToken.Time, span.StartTime, span.StartTime.AddMilliseconds(span.DurationMs));
        Assert.Empty(firstToken.Attributes);
    });

    [Fact]
    public void Spans_OfAGoodRun_NameSourceKindAndAStatusThatIsLeftUnset()
    {
        Assert.All(run.Spans, span => Assert.Equal(("AiObs", "Unset", null), (span.Source, span.Status.Code, span.Status.Description)));
        Assert.All(run.Spans, span => Assert.Equal(span.Name.StartsWith("chat", StringComparison.Ordinal) ? "Client" : "Internal", span.Kind));
    }

    [Fact]
    public void Messages_AsJson_AreDocumentsThatParse() => Assert.All(OfKind("LLM"), span =>
    {
        using var input = JsonDocument.Parse((string)span.Values["gen_ai.input.messages"]!);
        using var output = JsonDocument.Parse((string)span.Values["gen_ai.output.messages"]!);

        Assert.Equal("user", input.RootElement[0].GetProperty("role").GetString());
        Assert.Equal("assistant", Assert.Single(output.RootElement.EnumerateArray()).GetProperty("role").GetString());
    });

    [Fact]
    public async Task NoStream_SameConversation_LeavesTheSameSpansWithoutWhatOnlyStreamsHave()
    {
        using var file = new TemporaryFile();

        var plain = await WeatherCall.RunAsync("--no-stream", "--spans", file.Path);

        Assert.Equal(0, plain.ExitCode);
        Assert.Contains("Oslo has 4 °C and light snow. Dress warmly!", plain.Output, StringComparison.Ordinal);
        Assert.Equal(Comparable(run.Spans), Comparable(WrittenSpan.ReadAll(file.Path)));
    }

    /// <summary>Everything that is neither made up by a run nor known of streams alone, one line per attribute.</summary>
    private static IEnumerable<string> Comparable(IReadOnlyList<WrittenSpan> spans) =>
        from span in spans
        from attribute in span.Attributes
        where attribute.Key is not ("session.id" or "gen_ai.conversation.id" or "server.port") && !StreamingKeys.Contains(attribute.Key)
        let line = $"{span.Name} {attribute.Key} {attribute.Value}"
        orderby line
        select line;

    private List<WrittenSpan> OfKind(string kind) => [.. run.Spans.Where(span => Equals(span.Values["openinference.span.kind"], kind))];

    private string PathOf(WrittenSpan span) =>
        run.Spans.SingleOrDefault(other => other.SpanId == span.ParentSpanId && other.TraceId == span.TraceId) is { } parent
            ? $"{PathOf(parent)} > {span.Name}"
            : span.ParentSpanId is null ? span.Name : $"? > {span.Name}";
}

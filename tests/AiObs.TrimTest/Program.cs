using AiObs;
using AiObs.Tracing;
using AiObs.TrimTest;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

// Runs after trimming, to show that what is left still works: an agent with a tool, its arguments and results as JSON, prices from the table in
// the package, the SDK's provider, and what the OpenAI and Anthropic SDKs say in objects of their own.
var spans = new CollectingProcessor();
decimal? cost;
using (Sdk.CreateTracerProviderBuilder().AddSource(AgentObservabilityOptions.DefaultSourceName).AddProcessor(spans).Build())
{
    await using var observability = AgentObservability.Create(builder => builder
        .Configure(options => options.CaptureContent = ContentCapture.All)
        .AddCostTracking(options => options.Pricing.Aliases["tool-model"] = "anthropic/claude-sonnet-4-5"));
    var function = AIFunctionFactory.Create((string city) => $"Sunny in {city}", "get_weather");
    using var agent = new OneToolClient().UseAgentObservability(observability).UseAgent("trimmed", observability);

    await agent.GetResponseAsync("Weather?", new ChatOptions { Tools = [function] });
    await function.Observed(observability).InvokeAsync(new AIFunctionArguments { ["city"] = "Oslo" });
    using (observability.Tracer.StartTool("plain_values", new ToolStart
    {
        Arguments = new Dictionary<string, object?>
        {
            ["id"] = Guid.Empty,
            ["day"] = DayOfWeek.Friday,
            ["on"] = new DateOnly(2026, 11, 30),
            ["at"] = new TimeOnly(9, 30),
            ["for"] = TimeSpan.FromMinutes(1),
            ["version"] = new Version(1, 2),
            ["bytes"] = new byte[] { 0, 255 },
            ["names"] = new[] { "a", "b" },
            ["counts"] = new Dictionary<string, List<int>> { ["c"] = [1, 2] },
        },
    }))
    {
    }

    cost = observability.Costs?.Accumulator.Total.Total;
}

var raw = await RawObjects.PriceAsync();
string[] expected =
[
    """chat tool-model [{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"get_weather","arguments":{"city":"Oslo"}}],"finish_reason":"tool_call"}]""",
    """invoke_agent trimmed """,
    """execute_tool get_weather {"city":"Oslo"}""",
    """execute_tool plain_values {"id":"00000000-0000-0000-0000-000000000000","day":"Friday","on":"2026-11-30","at":"09:30:00","for":"00:01:00","version":"1.2","bytes":"AP8=","names":["a","b"],"counts":{"c":[1,2]}}""",
];
if (!spans.Lines.SequenceEqual(expected) || cost != 0.0045m || raw != (0.001125m, 0.0967746m))
{
    Console.Error.WriteLine($"Trimming changed what is recorded:\n{string.Join('\n', spans.Lines)}\n{cost} USD\n{raw.OpenAI} and {raw.Anthropic} USD by the objects of the SDKs");
    return 1;
}

Console.WriteLine($"{spans.Lines.Count} spans, recorded after trimming as before.");
return 0;

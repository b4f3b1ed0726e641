using AiObs;
using AiObs.TrimTest;
using Microsoft.Extensions.AI;
using OpenTelemetry;
using OpenTelemetry.Trace;

// Runs after trimming, to show that what is left still works: an agent with a tool, its arguments and results as JSON, and the SDK's provider.
var spans = new CollectingProcessor();
using (Sdk.CreateTracerProviderBuilder().AddSource(AgentObservabilityOptions.DefaultSourceName).AddProcessor(spans).Build())
{
    await using var observability = AgentObservability.Create(builder => builder.Configure(options => options.CaptureContent = ContentCapture.All));
    var function = AIFunctionFactory.Create((string city) => $"Sunny in {city}", "get_weather");
    using var agent = new OneToolClient().UseAgentObservability(observability).UseAgent("trimmed", observability);

    await agent.GetResponseAsync("Weather?", new ChatOptions { Tools = [function] });
    await function.Observed(observability).InvokeAsync(new AIFunctionArguments { ["city"] = "Oslo" });
}

string[] expected =
[
    """chat tool-model [{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"get_weather","arguments":{"city":"Oslo"}}],"finish_reason":"tool_call"}]""",
    """invoke_agent trimmed """,
    """execute_tool get_weather {"city":"Oslo"}""",
];
if (!spans.Lines.SequenceEqual(expected))
{
    Console.Error.WriteLine($"Trimming changed what is recorded:\n{string.Join('\n', spans.Lines)}");
    return 1;
}

Console.WriteLine($"{spans.Lines.Count} spans, recorded after trimming as before.");
return 0;

using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Tools;

/// <summary>What leaves the process of the calls of a function loop, whichever listened first and however spans are exported.</summary>
public sealed class LoopExportTests : IDisposable
{
    private const string Canary = "canary7291";

    private readonly string _source = $"loops-{Guid.NewGuid():N}";
    private readonly CollectingExporter _exporter = new();

    /// <summary>Gets whether the provider was there before the root, whether it exports in batches, and whether an agent is around the loop.</summary>
    public static MatrixTheoryData<bool, bool, bool> Surroundings => new([true, false], [true, false], [true, false]);

    public void Dispose() => _exporter.Dispose();

    [Theory]
    [MemberData(nameof(Surroundings))]
    public async Task Export_ContentOff_ShowsNothingOfTools(bool isProviderFirst, bool isBatch, bool isAgent)
    {
        await RunAsync(isProviderFirst, isBatch, isAgent, static o => o.CaptureContent = ContentCapture.None, Answering, Failing);

        AssertTwoToolsAndNoCanary();
    }

    [Theory]
    [MemberData(nameof(Surroundings))]
    public async Task Export_Redacted_ShowsNothingOfWhatIsRedacted(bool isProviderFirst, bool isBatch, bool isAgent)
    {
        await RunAsync(
            isProviderFirst,
            isBatch,
            isAgent,
            static o => o.Privacy.RedactText = static (_, text) => text.Replace(Canary, "…", StringComparison.Ordinal),
            Answering,
            Failing);

        AssertTwoToolsAndNoCanary();
        Assert.Equal("Sunny in …", _exporter.Only("execute_tool answer").Attributes["output.value"]);
        Assert.Equal("No … today", _exporter.Only("execute_tool fail").StatusDescription);
    }

    [Theory]
    [MemberData(nameof(Surroundings))]
    public async Task Export_InputsAndOutputsHidden_ShowsNeither(bool isProviderFirst, bool isBatch, bool isAgent)
    {
        await RunAsync(
            isProviderFirst,
            isBatch,
            isAgent,
            static o => (o.Privacy.HideInputs, o.Privacy.HideOutputs) = (true, true),
            Answering);

        Assert.DoesNotContain(Canary, Text(), StringComparison.Ordinal);
        Assert.Equal("__REDACTED__", _exporter.Only("execute_tool answer").Attributes["output.value"]);
    }

    [Theory]
    [MemberData(nameof(Surroundings))]
    public async Task Export_ContentOn_HasOneWholeSpanPerCall(bool isProviderFirst, bool isBatch, bool isAgent)
    {
        await RunAsync(isProviderFirst, isBatch, isAgent, static _ => { }, Answering, Failing);

        var answered = _exporter.Only("execute_tool answer");
        Assert.Equal($"Sunny in {Canary}", answered.Attributes["gen_ai.tool.call.result"]);
        Assert.Equal("exception", Assert.Single(_exporter.Only("execute_tool fail").Events).Name);
        Assert.Equal(2, _exporter.Spans.Count(static span => span.Name.StartsWith("execute_tool", StringComparison.Ordinal)));
    }

    private static AIFunction Answering => AIFunctionFactory.Create(static (string city) => $"Sunny in {city}", "answer");

    private static AIFunction Failing =>
        AIFunctionFactory.Create(static string (string city) => throw new InvalidOperationException($"No {city} today"), "fail");

    private async Task RunAsync(
        bool isProviderFirst, bool isBatch, bool isAgent, Action<AgentObservabilityOptions> configure, params AIFunction[] tools)
    {
        using var earlier = isProviderFirst ? Build(isBatch) : null;
        using var root = AgentObservability.Create(builder => builder.Configure(options =>
        {
            options.SourceName = _source;
            options.CaptureContent = ContentCapture.Spans;
            configure(options);
        }));
        var arguments = new Dictionary<string, object?> { ["city"] = Canary };
        using var model = StubChatClient.Scripted(
            new ChatResponse(new ChatMessage(ChatRole.Assistant, [.. tools.Select(tool => new FunctionCallContent(tool.Name, tool.Name, arguments))])),
            new ChatResponse(new ChatMessage(ChatRole.Assistant, "Done.")));
        var loop = new FunctionInvokingChatClient(model.UseAgentObservability(root));
        using var client = isAgent ? loop.UseAgent("helper", root) : loop;
        using var later = isProviderFirst ? null : Build(isBatch);

        await client.GetResponseAsync("Hi", new() { Tools = [.. tools] }, TestContext.Current.CancellationToken);

        // Unlike a flush this waits for what the exporter is in the middle of.
        (earlier ?? later)!.Shutdown();
    }

    private TracerProvider Build(bool isBatch) => Sdk.CreateTracerProviderBuilder()
        .AddSource(_source)
        .AddProcessor(isBatch ? new BatchActivityExportProcessor(_exporter) : new SimpleActivityExportProcessor(_exporter))
        .Build();

    private void AssertTwoToolsAndNoCanary()
    {
        Assert.DoesNotContain(Canary, Text(), StringComparison.Ordinal);
        Assert.Equal(
            ["execute_tool answer", "execute_tool fail"],
            _exporter.Spans.Select(static span => span.Name).Where(static name => name.StartsWith("execute_tool", StringComparison.Ordinal)));
    }

    /// <summary>Writes all that was exported, at the moment it was.</summary>
    private string Text() => string.Join('\n', _exporter.Spans.Select(static span => string.Join(
        '\n',
        [
            span.Name,
            span.StatusDescription,
            .. span.Attributes.Select(static pair => $"{pair.Key}={pair.Value}"),
            .. span.Events.SelectMany(static item => item.Attributes).Select(static pair => $"{pair.Key}={pair.Value}"),
        ])));
}

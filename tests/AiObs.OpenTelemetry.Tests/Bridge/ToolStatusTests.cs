using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Bridge;

public sealed class ToolStatusTests : IDisposable
{
    private readonly string _source = $"tools-{Guid.NewGuid():N}";
    private readonly CollectingExporter _exporter = new();

    public void Dispose() => _exporter.Dispose();

    [Theory]
    [InlineData(ContentCapture.None, true, true, "System.InvalidOperationException")]
    [InlineData(ContentCapture.None, true, false, "System.InvalidOperationException")]
    [InlineData(ContentCapture.None, false, true, "System.InvalidOperationException")]
    [InlineData(ContentCapture.None, false, false, "System.InvalidOperationException")]
    [InlineData(ContentCapture.Spans, true, true, "secret")]
    [InlineData(ContentCapture.Spans, true, false, "System.InvalidOperationException")]
    [InlineData(ContentCapture.Spans, false, true, "secret")]
    [InlineData(ContentCapture.Spans, false, false, "System.InvalidOperationException")]
    public async Task Stopped_ToolFailedInALoopThatTracesItself_ShowsTheMessageOnlyIfItMay(
        ContentCapture capture, bool isAgent, bool isObserved, string expected)
    {
        using var provider = Build();
        using var root = Create(capture);

        await RunAsync(root, isAgent, isObserved);

        Assert.Equal(expected, Only("execute_tool fail").StatusDescription);
    }

    [Fact]
    public async Task Stopped_ToolFailedOutsideOfALoop_KeepsItsStatus()
    {
        using var provider = Build();
        using var root = Create(ContentCapture.Spans);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Failing().Observed(root).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken).AsTask());

        Assert.Equal("secret", Only("execute_tool fail").StatusDescription);
    }

    [Fact]
    public async Task Stopped_ToolSucceeded_HasNoStatus()
    {
        using var provider = Build();
        using var root = Create(ContentCapture.Spans);

        await AIFunctionFactory.Create(() => "fine", "fine").Observed(root).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Null(Only("execute_tool fine").StatusDescription);
    }

    private static AIFunction Failing() => AIFunctionFactory.Create(string () => throw new InvalidOperationException("secret"), "fail");

    /// <summary>Runs a loop whose tool fails; inside of an agent that does not see the tool, the loop has it of its own.</summary>
    private static async Task RunAsync(AgentObservability root, bool isAgent, bool isObserved)
    {
        var model = StubChatClient.Scripted(
            new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c1", "fail")])),
            new ChatResponse(new ChatMessage(ChatRole.Assistant, "Sorry.")));
        IChatClient client = new StubFunctionLoop(model.UseAgentObservability(root))
        {
            OpensSpans = true,
            AdditionalTools = isObserved ? [] : [Failing()],
        };
        client = isAgent ? client.UseAgent("helper", root) : client;
        var options = new ChatOptions { Tools = isObserved ? [Failing().Observed(root)] : [] };

        await client.GetResponseAsync("Hi", options, TestContext.Current.CancellationToken);
    }

    /// <summary>The one span of this name in the trace of this test: the source of loops is the process's, so that spans of other tests come too.</summary>
    private ExportedSpan Only(string name)
    {
        var trace = _exporter.Spans.First(span => span.Source == _source).Trace;
        return Assert.Single(_exporter.Spans, span => span.Trace == trace && span.Name == name);
    }

    private AgentObservability Create(ContentCapture capture) => AgentObservability.Create(builder => builder.Configure(options =>
    {
        options.SourceName = _source;
        options.CaptureContent = capture;
    }));

    private TracerProvider Build() => Sdk.CreateTracerProviderBuilder()
        .AddProcessor(new SimpleActivityExportProcessor(_exporter))
        .AddAgentObservability(options => options.SourceNames.Add(_source))
        .Build();
}

using System.Diagnostics;
using AiObs.Pictures;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Cost.Tests.Golden;

/// <summary>
/// What tests of known faults share. Each notes a few facts as they stand, and has what is right beside them: it passes while the fault stands,
/// and asks to be turned when the fault is mended.
/// </summary>
public abstract class FaultTest : IDisposable
{
    private AgentObservability? _root;

    private protected Recorder Recorder { get; } = new();

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected Activity ToolSpan => SpanNamed("execute_tool");

    public void Dispose()
    {
        Recorder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Returns the root, which records content unless told otherwise and prices by the table of the package.</summary>
    private protected AgentObservability Root(Action<AgentObservabilityOptions>? configure = null) => _root ??= Recorder.CreateRoot(builder => builder
        .Configure(static options => options.CaptureContent = ContentCapture.All)
        .Configure(configure ?? (static _ => { }))
        .AddCostTracking(static (CostTrackingOptions _) => { }));

    private protected static async Task AskAsync(IChatClient client, bool isStreaming = false, ChatOptions? options = null) => _ = isStreaming
        ? await client.GetStreamingResponseAsync("How is Rome?", options, Token).ToChatResponseAsync(Token)
        : await client.GetResponseAsync("How is Rome?", options, Token);

    private protected Activity SpanNamed(string beginning) =>
        Recorder.Spans.Single(span => span.DisplayName.StartsWith(beginning, StringComparison.Ordinal));

    private protected string TextOf(string spanName, string key) => SpanNamed(spanName).GetTagItem(key) as string ?? "";

    private protected void Note(string what, object? value) => Recorder.NoteLine($"{what}: {value switch { null => "none", "" => "\"\"", _ => value }}");

    private protected void NoteTags(Activity span, params string[] keys)
    {
        foreach (var key in keys)
        {
            Note(key, span.GetTagItem(key));
        }
    }

    /// <summary>Approves what was noted; with a fault, as long as that stands.</summary>
    private protected async Task ApproveAsync(string name, params string[] faults) =>
        Approval.Beside("Faults").Approve(name, new Picture().Add("facts", await Recorder.DrawAsync(Token, PictureParts.Caller)).ToString(), faults);
}

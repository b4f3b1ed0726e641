using System.Diagnostics;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

/// <summary>What tests of agents and their tools share: a source of their own, its spans, and an agent around a function loop.</summary>
public abstract class AgentTest : IDisposable
{
    private readonly List<AgentObservability> _roots = [];

    protected AgentTest() => Spans = new SpanCollector(Source);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected string Source { get; } = $"agent-{Guid.NewGuid():N}";

    protected SpanCollector Spans { get; }

    public void Dispose()
    {
        _roots.ForEach(root => root.Dispose());
        Spans.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static AIFunction Weather() =>
        AIFunctionFactory.Create((string city) => $"Sunny in {city}", "weather", "Tells the weather.");

    protected static FunctionCallContent Call(string id, string name, string city) =>
        new(id, name, new Dictionary<string, object?> { ["city"] = city });

    protected static ChatResponse Asks(params AIContent[] calls) => new(new ChatMessage(ChatRole.Assistant, [.. calls]));

    protected static ChatResponse Says(string text) => new(new ChatMessage(ChatRole.Assistant, text));

    /// <summary>Makes a root that writes content on spans unless told otherwise.</summary>
    protected AgentObservability Observe(Action<AgentObservabilityOptions>? configure = null)
    {
        var root = AgentObservability.Create(builder => builder.Configure(options =>
        {
            options.SourceName = Source;
            options.CallbackTimeout = HangGuard.LongestCallback;
            options.CaptureContent = ContentCapture.Spans;
            configure?.Invoke(options);
        }));
        _roots.Add(root);

        return root;
    }

    /// <summary>Makes the pipeline that the documentation recommends: an agent around a function loop around an observed model.</summary>
    protected static IChatClient Agent(
        IChatClient model, AgentObservability root, bool isParallel = false, Action<AgentOptions>? configure = null) =>
        Loop(model.UseAgentObservability(root), isParallel).UseAgent("helper", root, configure);

    /// <summary>Makes the function loop of Microsoft.Extensions.AI.</summary>
    protected static FunctionInvokingChatClient Loop(IChatClient inner, bool isParallel = false) => new(inner) { AllowConcurrentInvocation = isParallel };

    /// <summary>Runs an agent to its end, in either way.</summary>
    protected static async Task RunAsync(IChatClient agent, bool isStreaming, params AITool[] tools)
    {
        var options = new ChatOptions { Tools = [.. tools] };
        if (isStreaming)
        {
            await agent.GetStreamingResponseAsync("How is Rome?", options, Token).ToChatResponseAsync(Token);
        }
        else
        {
            await agent.GetResponseAsync("How is Rome?", options, Token);
        }
    }

    /// <summary>Returns the spans that stopped under the given parent, as <c>name</c>, in the order in which they started.</summary>
    protected IEnumerable<string> ChildrenOf(Activity parent) =>
        Spans.Started.Where(span => span.ParentSpanId == parent.SpanId).Select(span => span.DisplayName);
}

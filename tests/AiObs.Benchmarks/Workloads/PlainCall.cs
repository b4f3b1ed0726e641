using Microsoft.Extensions.AI;

namespace AiObs.Benchmarks.Workloads;

/// <summary>A chat call that is not streamed.</summary>
public sealed class PlainCall : Workload
{
    private readonly IChatClient _client;
    private readonly List<ChatMessage> _messages;
    private readonly AgentObservability? _observability;
    private readonly Listening? _listening;

    private PlainCall(IChatClient client, int messages, AgentObservability? observability, Listening? listening)
    {
        _client = client;
        _messages = [.. Conversation.Of(messages)];
        _observability = observability;
        _listening = listening;
    }

    /// <summary>Makes a call of the client itself.</summary>
    public static PlainCall Raw(int messages = 1) => new(new InstantChatClient(), messages, observability: null, listening: null);

    /// <summary>Makes a call of an observed client.</summary>
    public static PlainCall Observed(
        string sourceName, int messages = 1, bool isListening = true, Action<AgentObservabilityBuilder>? configure = null)
    {
        var observability = AgentObservability.Create(builder =>
        {
            builder.Configure(options => options.SourceName = sourceName);
            configure?.Invoke(builder);
        });
        return new(
            new InstantChatClient().UseAgentObservability(observability),
            messages,
            observability,
            isListening ? new Listening(sourceName) : null);
    }

    /// <inheritdoc/>
    public override bool PassesThrough => ReferenceEquals(_client.GetService<InstantChatClient>()!.Response, _client.GetResponseAsync(_messages));

    /// <inheritdoc/>
    public override void Run() => _client.GetResponseAsync(_messages).GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _listening?.Dispose();
        _client.Dispose();
        _observability?.Dispose();
    }
}

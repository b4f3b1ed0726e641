using Microsoft.Extensions.AI;

namespace AiObs.Benchmarks.Workloads;

/// <summary>A chat call that is streamed and read to its end.</summary>
public sealed class StreamedCall : Workload
{
    private readonly IChatClient _client;
    private readonly List<ChatMessage> _messages = [.. Conversation.Of(1)];
    private readonly AgentObservability? _observability;
    private readonly IDisposable[] _listeners;

    private StreamedCall(IChatClient client, AgentObservability? observability, params IDisposable[] listeners)
    {
        _client = client;
        _observability = observability;
        _listeners = listeners;
    }

    /// <summary>Makes a call of the client itself.</summary>
    public static StreamedCall Raw(int updates) => new(new InstantChatClient(updates), observability: null);

    /// <summary>Makes a call of an observed client that nobody listens to.</summary>
    public static StreamedCall Unheard(string sourceName, int updates)
    {
        var observability = AgentObservability.Create(builder => builder.Configure(options => options.SourceName = sourceName));
        return new(new InstantChatClient(updates).UseAgentObservability(observability), observability);
    }

    /// <summary>Makes a call of an observed client, with or without measuring each update.</summary>
    public static StreamedCall Observed(string sourceName, int updates, bool measuresChunks = false)
    {
        var observability = AgentObservability.Create(builder => builder.Configure(options => options.SourceName = sourceName));
        var client = new InstantChatClient(updates).UseAgentObservability(observability);
        return measuresChunks
            ? new(client, observability, new Listening(sourceName), new Measuring(sourceName))
            : new(client, observability, new Listening(sourceName));
    }

    /// <inheritdoc/>
    public override bool PassesThrough =>
        ReferenceEquals(_client.GetService<InstantChatClient>()!.Stream, _client.GetStreamingResponseAsync(_messages));

    /// <inheritdoc/>
    public override void Run() => Read().AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        foreach (var listener in _listeners)
        {
            listener.Dispose();
        }

        _client.Dispose();
        _observability?.Dispose();
    }

    private async ValueTask Read()
    {
        await foreach (var update in _client.GetStreamingResponseAsync(_messages).ConfigureAwait(false))
        {
            GC.KeepAlive(update);
        }
    }
}

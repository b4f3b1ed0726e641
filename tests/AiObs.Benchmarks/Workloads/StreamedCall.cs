using Microsoft.Extensions.AI;

namespace AiObs.Benchmarks.Workloads;

/// <summary>A chat call that is streamed and read to its end.</summary>
public sealed class StreamedCall : Workload
{
    private const int Messages = 10;

    private readonly IChatClient _client;
    private readonly List<ChatMessage> _messages = [.. Conversation.Of(Messages)];
    private readonly IDisposable?[] _owned;

    private StreamedCall(IChatClient client, params IDisposable?[] owned)
    {
        _client = client;
        _owned = owned;
    }

    /// <inheritdoc/>
    public override bool PassesThrough =>
        ReferenceEquals(_client.GetService<InstantChatClient>()!.Stream, _client.GetStreamingResponseAsync(_messages));

    /// <summary>Makes a call of the client itself.</summary>
    public static StreamedCall Raw(int updates) => new(new InstantChatClient(updates));

    /// <summary>Makes a call of a client under Microsoft.Extensions.AI's own tracing.</summary>
    public static StreamedCall Incumbent(int updates, bool recordsContent = false, bool measuresChunks = false)
    {
        var source = Listening.NewSourceName();
        return new(InstantChatClient.Incumbent(source, recordsContent, updates), new Listening(source), measuresChunks ? new Measuring(source) : null);
    }

    /// <summary>Makes a call of an observed client that nobody listens to, with or without objects of an SDK in its updates.</summary>
    public static StreamedCall Unheard(int updates, object? raw = null)
    {
        var root = AgentObservability.Create(static builder => builder.Configure(static options => options.SourceName = Listening.NewSourceName()));
        return new(new InstantChatClient(updates, raw).UseAgentObservability(root), root);
    }

    /// <summary>Makes a call of an observed client, with or without measuring each update, and with or without objects of an SDK in them.</summary>
    public static StreamedCall Observed(int updates, bool measuresChunks = false, object? raw = null, Action<AgentObservabilityBuilder>? configure = null)
    {
        var source = Listening.NewSourceName();
        var root = AgentObservability.Create(builder =>
        {
            builder.Configure(options => options.SourceName = source);
            configure?.Invoke(builder);
        });
        return new(
            new InstantChatClient(updates, raw).UseAgentObservability(root), new Listening(source), measuresChunks ? new Measuring(source) : null, root);
    }

    /// <inheritdoc/>
    public override void Run() => Read().AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _client.Dispose();
        Array.ForEach(_owned, static owned => owned?.Dispose());
    }

    private async ValueTask Read()
    {
        await foreach (var update in _client.GetStreamingResponseAsync(_messages, OptionSets.One[0]).ConfigureAwait(false))
        {
            GC.KeepAlive(update);
        }
    }
}

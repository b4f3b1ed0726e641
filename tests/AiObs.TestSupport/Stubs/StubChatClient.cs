using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace AiObs.TestSupport.Stubs;

/// <summary>A scripted chat client that records what it is called with.</summary>
/// <remarks>
/// A script throws to fail at the call, returns a faulted task to fail later, and waits at a <see cref="StubGate"/> to hang.
/// Use <see cref="FixedChatClient"/> where allocations are counted.
/// </remarks>
public sealed class StubChatClient : IChatClient
{
    private readonly CollectedList<StubChatCall> _calls = new();

    /// <summary>Gets or sets what <see cref="IChatClient.GetResponseAsync"/> does.</summary>
    /// <value>The default answers "Hello." with nothing else set.</value>
    public Func<StubChatCall, Task<ChatResponse>> OnResponse { get; set; } =
        _ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello.")));

    /// <summary>Gets or sets what <see cref="IChatClient.GetStreamingResponseAsync"/> does.</summary>
    /// <value>Usually returns a <see cref="StubUpdates"/>. The default streams "Hel" and "lo.".</value>
    public Func<StubChatCall, IAsyncEnumerable<ChatResponseUpdate>> OnStream { get; set; } =
        _ => new StubUpdates(new(ChatRole.Assistant, "Hel"), new(ChatRole.Assistant, "lo."));

    /// <summary>Gets or sets what the client says about itself.</summary>
    public ChatClientMetadata? Metadata { get; set; } = new("stub", new Uri("http://localhost:8080"), "stub-model");

    /// <summary>Gets or sets the other services that <see cref="IChatClient.GetService"/> finds.</summary>
    public Func<Type, object?, object?> OnGetService { get; set; } = (_, _) => null;

    /// <summary>Gets the calls so far, streaming or not, in order.</summary>
    public IReadOnlyList<StubChatCall> Calls => _calls.Items;

    /// <summary>Gets how often the client was disposed.</summary>
    public int DisposeCount { get; private set; }

    /// <summary>Makes a client that answers every plain call with the same response.</summary>
    public static StubChatClient Answering(ChatResponse response) => new() { OnResponse = _ => Task.FromResult(response) };

    /// <summary>Makes a client that answers every streaming call with the same updates.</summary>
    public static StubChatClient Streaming(params ChatResponseUpdate[] updates) => new() { OnStream = _ => new StubUpdates(updates) };

    /// <summary>Makes a client that answers the first call, plain or streaming, with the first response, the second with the second and so on.</summary>
    public static StubChatClient Scripted(params ChatResponse[] responses)
    {
        var client = new StubChatClient();
        client.OnResponse = _ => Task.FromResult(responses[client.Calls.Count - 1]);
        client.OnStream = _ => new StubUpdates(responses[client.Calls.Count - 1].ToChatResponseUpdates());

        return client;
    }

    /// <summary>Makes a client whose every call throws before it returns a task or a stream.</summary>
    public static StubChatClient Throwing(Exception exception) =>
        new() { OnResponse = _ => throw exception, OnStream = _ => throw exception };

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        OnResponse(Record(messages, options, cancellationToken));

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        OnStream(Record(messages, options, cancellationToken));

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        if (serviceKey is null && serviceType == typeof(ChatClientMetadata))
        {
            return Metadata;
        }

        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : OnGetService(serviceType, serviceKey);
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeCount++;

    private StubChatCall Record(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var call = new StubChatCall(messages, options, Activity.Current, cancellationToken);
        _calls.Add(call);

        return call;
    }
}

using Microsoft.Extensions.AI;

namespace AiObs.Benchmarks.Workloads;

/// <summary>A model that answers at once, always the same, and allocates nothing.</summary>
internal sealed class InstantChatClient : IChatClient
{
    private const string Model = "gpt-4o";

    private readonly ChatClientMetadata _metadata = new("openai", new Uri("https://api.openai.com"), Model);
    private readonly Task<ChatResponse> _response = Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "It is sunny in Paris."))
    {
        ModelId = Model,
        ResponseId = "resp-1",
        FinishReason = ChatFinishReason.Stop,
        Usage = Usage(),
    });

    private readonly InstantUpdates _updates;

    /// <summary>Makes a model.</summary>
    /// <param name="updates">How many updates a stream of it has.</param>
    /// <param name="raw">What each update holds as the object of a provider's SDK.</param>
    public InstantChatClient(int updates = 0, object? raw = null)
    {
        var stream = Enumerable.Range(0, updates)
            .Select(_ => new ChatResponseUpdate(ChatRole.Assistant, "word ") { ModelId = Model, ResponseId = "resp-1", RawRepresentation = raw })
            .ToArray();
        if (stream.Length > 0)
        {
            stream[^1] = new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(Usage())])
            {
                ModelId = Model,
                ResponseId = "resp-1",
                FinishReason = ChatFinishReason.Stop,
                RawRepresentation = raw,
            };
        }

        _updates = new InstantUpdates(stream);
    }

    /// <summary>Makes such a model under the tracing that comes with Microsoft.Extensions.AI.</summary>
    public static IChatClient Incumbent(string sourceName, bool recordsContent, int updates = 0) => new InstantChatClient(updates)
        .AsBuilder()
        .UseOpenTelemetry(sourceName: sourceName, configure: client => client.EnableSensitiveData = recordsContent)
        .Build();

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => _response;

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => _updates;

    /// <summary>Gets the task that every call returns.</summary>
    public Task<ChatResponse> Response => _response;

    /// <summary>Gets the stream that every call returns.</summary>
    public IAsyncEnumerable<ChatResponseUpdate> Stream => _updates;

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? _metadata : serviceType == typeof(InstantChatClient) ? this : null;

    public void Dispose()
    {
        // There is nothing to release.
    }

    private static UsageDetails Usage() => new()
    {
        InputTokenCount = 1200,
        OutputTokenCount = 300,
        TotalTokenCount = 1500,
        CachedInputTokenCount = 400,
    };

    private sealed class InstantUpdates(ChatResponseUpdate[] updates)
        : IAsyncEnumerable<ChatResponseUpdate>, IAsyncEnumerator<ChatResponseUpdate>
    {
        private int _index;

        public ChatResponseUpdate Current => updates[_index];

        public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        {
            _index = -1;
            return this;
        }

        public ValueTask<bool> MoveNextAsync() => new(++_index < updates.Length);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

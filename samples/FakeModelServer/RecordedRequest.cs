namespace FakeModelServer;

/// <summary>Describes a request that the server received.</summary>
public sealed class RecordedRequest
{
    private readonly TaskCompletionSource<RequestOutcome> _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets the number of the request, counted from one.</summary>
    public required long Number { get; init; }

    /// <summary>Gets the HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the path with its query.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the headers; names compare without case.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Gets the body as text.</summary>
    public required string Body { get; init; }

    /// <summary>Gets the protocol, or null when the path belongs to none.</summary>
    public ModelProtocol? Protocol { get; init; }

    /// <summary>Gets a task that completes when the server is done with the request.</summary>
    public Task<RequestOutcome> Finished => _finished.Task;

    internal void Finish(RequestOutcome outcome) => _finished.TrySetResult(outcome);
}

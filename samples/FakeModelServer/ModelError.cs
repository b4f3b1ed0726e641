namespace FakeModelServer;

/// <summary>Describes a failure, which each protocol writes in its own error body.</summary>
public sealed record ModelError
{
    /// <summary>Gets the HTTP status.</summary>
    /// <value>The default is 500. Ignored when <see cref="AfterPieces"/> makes it an error inside a stream.</value>
    public int Status { get; init; } = StatusCodes.Status500InternalServerError;

    /// <summary>Gets the text of the error.</summary>
    /// <value>The default is null: the protocol's usual sentence for the status.</value>
    public string? Message { get; init; }

    /// <summary>Gets the error type on the wire, which Ollama's protocols do not have.</summary>
    /// <value>The default is null: the protocol's usual type for the status.</value>
    public string? Type { get; init; }

    /// <summary>Gets the error code on the wire, which only OpenAI's protocols have.</summary>
    /// <value>The default is null: the protocol's usual code for the status.</value>
    public string? Code { get; init; }

    /// <summary>Gets the seconds to announce in the <c>retry-after</c> header.</summary>
    /// <value>The default is null: no such header.</value>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Gets after how many content pieces a stream ends with this error.</summary>
    /// <value>The default is null: the error is the whole reply. A call that does not stream always gets the error as its reply.</value>
    public int? AfterPieces { get; init; }
}

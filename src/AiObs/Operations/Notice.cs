namespace AiObs.Operations;

/// <summary>Something worth an event that is no operation, such as a limit that is nearly used up: whoever tells of it says all of the event.</summary>
/// <param name="Type">What happened: the type of the event.</param>
/// <param name="Facts">The facts of the event.</param>
internal sealed record Notice(string Type, IReadOnlyDictionary<string, object?> Facts)
{
    /// <summary>Gets for whom it happened.</summary>
    public OperationContext Context { get; init; } = OperationContext.Empty;

    /// <summary>Gets the operation that it happened in; <see langword="null"/> outside of all.</summary>
    public AgentOperation? Operation { get; init; }
}

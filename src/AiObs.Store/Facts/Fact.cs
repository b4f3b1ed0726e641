namespace AiObs.Store;

/// <summary>Something that is known of a user. It is never overwritten: another value of the same key ends it.</summary>
public sealed record Fact
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets what it is about, such as <c>city</c>: of a user there is one value of each key at a time.</summary>
    public required string Key { get; init; }

    /// <summary>Gets the value; <see langword="null"/> once it is erased.</summary>
    public required string? Value { get; init; }

    /// <summary>Gets how sure it is, between 0 and 1.</summary>
    /// <value>The default is 1.</value>
    public double Confidence { get; init; } = 1;

    /// <summary>Gets the conversation that it comes from; <see langword="null"/> where the application said it.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the message that it comes from; <see langword="null"/> where the application said it.</summary>
    public string? MessageId { get; init; }

    /// <summary>Gets the <see cref="UserFacts.Version"/> that brought it.</summary>
    /// <value>Given by the store.</value>
    public long Version { get; init; }

    /// <summary>Gets since when it is believed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets until when it was believed; <see langword="null"/> while it is.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Gets the id of the fact that took its place; <see langword="null"/> while it is believed, and where none did.</summary>
    public string? SupersededBy { get; init; }
}

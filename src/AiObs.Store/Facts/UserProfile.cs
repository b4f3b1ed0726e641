namespace AiObs.Store;

/// <summary>What is known of a user, in a few sentences. There is a version of it for each time that it was written.</summary>
public sealed record UserProfile
{
    /// <summary>Gets its number, counted from 1.</summary>
    /// <value>Given by the store.</value>
    public int Version { get; init; }

    /// <summary>Gets the text; <see langword="null"/> once it is erased.</summary>
    public required string? Text { get; init; }

    /// <summary>Gets the model that wrote it; <see langword="null"/> where the application did.</summary>
    public string? Model { get; init; }

    /// <summary>Gets when it was written.</summary>
    public required DateTimeOffset At { get; init; }
}

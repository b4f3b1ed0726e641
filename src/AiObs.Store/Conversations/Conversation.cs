using System.Text.Json;

namespace AiObs.Store;

/// <summary>A conversation: who it belongs to, and how far it has come. Its messages are read apart from it.</summary>
public sealed record Conversation
{
    /// <summary>Gets the id, which is unique within the tenant. At most 512 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the tenant; what is another's is not found.</summary>
    /// <value>The default is the empty text: an application without tenants.</value>
    public string Tenant { get; init; } = "";

    /// <summary>Gets the user.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the title.</summary>
    public string? Title { get; init; }

    /// <summary>Gets the model it is held with.</summary>
    public string? Model { get; init; }

    /// <summary>Gets free tags, none twice.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Gets free data.</summary>
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>Gets when it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the latest commit was made.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Gets when it was hidden or erased; <see langword="null"/> while it is there.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Gets a value indicating whether its content is gone for good.</summary>
    public bool IsErased { get; init; }

    /// <summary>Gets when it is due to be erased; <see langword="null"/> for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets how many commits have been made to it: 1 after the first.</summary>
    public long Version { get; init; }

    /// <summary>Gets how many messages it has on all branches; the <see cref="StoredMessage.Sequence"/> of the latest.</summary>
    public long MessageCount { get; init; }

    /// <summary>Gets the branch that is read and written where nobody names one: 0 until the first fork.</summary>
    public int Branch { get; init; }

    /// <summary>Gets how many branches it has, which are numbered from 0: 1 until the first fork.</summary>
    public int BranchCount { get; init; } = 1;
}

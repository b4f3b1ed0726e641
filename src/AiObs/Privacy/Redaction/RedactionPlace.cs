using AiObs.Privacy.Redaction;

namespace AiObs;

/// <summary>Where a text stands that is to be redacted.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="IsOutput">Whether it came out of a model, tool or agent; else it went in.</param>
public readonly record struct RedactionPlace(RedactionKind Kind, bool IsOutput = false)
{
    /// <summary>Gets the role of the message that it stands in; <see langword="null"/> outside of messages.</summary>
    public string? Role { get; init; }

    /// <summary>Gets the tool that it belongs to; <see langword="null"/> where that is none, or is not said where the text stands.</summary>
    public string? Tool { get; init; }

    /// <summary>
    /// Gets the names of the members that it stands in, from the outside in and joined by dots, where it stands in JSON; the entries of an array have that of the
    /// array. For the name of a member it is the name itself. <see langword="null"/> elsewhere.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>Gets which way it goes.</summary>
    internal ContentSide Side => IsOutput ? ContentSide.Output : ContentSide.Input;

    /// <summary>Returns the place of something that goes one way.</summary>
    internal static RedactionPlace Of(RedactionKind kind, ContentSide side) => new(kind, side == ContentSide.Output);
}

using Microsoft.Extensions.AI;

namespace AiObs.Operations;

/// <summary>A model call that is to be made, as the caller asks for it: nothing is masked here, and nothing of it is to be kept or changed.</summary>
/// <param name="Operation">What is known of the call, and for whom it is.</param>
/// <param name="Messages">The messages of a chat; <see langword="null"/> where they are not known. Of a sequence that is no list, reading this reads at most the first 1,000, ahead of the model.</param>
/// <param name="Options">The options of a chat; <see langword="null"/> where there are none.</param>
/// <param name="Values">What an embedding request embeds: a list, of what was no list the first 1,000, which reading this reads ahead of the model; <see langword="null"/> for other calls.</param>
public readonly record struct CallRequest(ModelOperation Operation, IList<ChatMessage>? Messages, ChatOptions? Options, object? Values)
{
    /// <summary>Gets the messages of a chat; <see langword="null"/> where they are not known.</summary>
    public IList<ChatMessage>? Messages
    {
        get => field ?? Sequence?.ReadAhead();
        init;
    } = Messages;

    /// <summary>Gets what an embedding request embeds; <see langword="null"/> for other calls.</summary>
    public object? Values
    {
        get => field is IRequestSequence sequence ? sequence.ReadAhead() : field;
        init;
    } = Values;

    /// <summary>Gets the messages of a chat that are no list, of which nothing is read until somebody asks; <see langword="null"/> for others.</summary>
    internal RequestSequence<ChatMessage>? Sequence { get; init; }
}

using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Tells whether a function loop inside made several calls of the model of one: then results of functions stand between what the model said.</summary>
internal struct RoundCounter
{
    /// <summary>Gets a value indicating whether the last that was said is the result of a function, so that whatever comes next is another round.</summary>
    public bool IsBetween { get; private set; }

    /// <summary>Gets a value indicating whether there was another round.</summary>
    public bool HasSeveral { get; private set; }

    /// <summary>Reads a whole response.</summary>
    public static bool HasSeveralIn(IList<ChatMessage> messages)
    {
        var rounds = default(RoundCounter);
        foreach (var content in messages.SelectMany(static message => message.Contents))
        {
            rounds.Add(content);
        }

        return rounds.HasSeveral;
    }

    public void Add(AIContent content)
    {
        var isResult = content is FunctionResultContent;
        HasSeveral |= IsBetween && !isResult;
        IsBetween = isResult;
    }
}

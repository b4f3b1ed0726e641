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
        for (var i = 0; i < messages.Count; i++)
        {
            rounds.Add(messages[i].Contents);
        }

        return rounds.HasSeveral;
    }

    public void Add(AIContent content)
    {
        var isResult = content is FunctionResultContent;
        HasSeveral |= IsBetween && !isResult;
        IsBetween = isResult;
    }

    // By index, as every plain call comes through here and an enumerator would be in a box.
    private void Add(IList<AIContent> contents)
    {
        for (var i = 0; i < contents.Count; i++)
        {
            Add(contents[i]);
        }
    }
}

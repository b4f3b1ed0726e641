using AiObs.Operations;
using AiObs.Pipeline;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Tells answers of a model from those that a cache between us and it has kept.</summary>
/// <remarks>
/// Adapters hand out the objects of the provider's SDK, which no cache can keep. So of a client that has given such objects before, an answer
/// without any is a kept one, if it also has the id of one that was given, or was made before it was asked for.
/// </remarks>
/// <param name="given">The answers that models gave to clients of the root.</param>
internal sealed class ReplayWatch(GivenAnswers given)
{
    // Clocks differ.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private volatile bool _givesObjects;

    /// <summary>Says whether an answer is one that was paid for before.</summary>
    /// <param name="operation">The call.</param>
    /// <param name="hasObject">Whether any object of an SDK came along.</param>
    /// <param name="id">The id of the answer.</param>
    /// <param name="madeAt">When it was made.</param>
    public bool IsReplay(ChatOperation operation, bool hasObject, string? id, DateTimeOffset? madeAt)
    {
        if (hasObject)
        {
            _givesObjects = true;
            given.Add(id);
            return false;
        }

        // What went over the wire while we looked was no cache's.
        return _givesObjects && operation.Wire is null && (given.Has(id) || madeAt < operation.StartedAt - Tolerance);
    }

    public static bool HasObject(ChatResponse response)
    {
        if (response.RawRepresentation is not null)
        {
            return true;
        }

        // By number, as an enumerator of an interface takes memory.
        var messages = response.Messages;
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i].RawRepresentation is not null || HasObject(messages[i].Contents))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasObject(IList<AIContent> contents)
    {
        for (var i = 0; i < contents.Count; i++)
        {
            if (contents[i].RawRepresentation is not null)
            {
                return true;
            }
        }

        return false;
    }
}

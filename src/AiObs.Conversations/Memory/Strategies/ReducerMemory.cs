using AiObs.Conversations.Memory.Strategies;
using Microsoft.Extensions.AI;

namespace AiObs.Memory;

/// <summary>Has a reducer of Microsoft.Extensions.AI, or of somebody else, decide what is kept of the messages before the present turn.</summary>
/// <remarks>
/// The reducer never sees the present turn, nor system, pinned and injected messages, so that it cannot lose them. Of tool calls and results that it would split, it gets both or none.
/// It may keep messages, which it must return as the objects that they are or under their message id; and it may add new ones in the place of those that it leaves out.
/// </remarks>
public sealed class ReducerMemory : IMemoryStrategy
{
    private const string LeftOut = "the reducer left it out";

    private readonly IChatReducer _reducer;

    /// <summary>Initializes a new instance of the <see cref="ReducerMemory"/> class.</summary>
    /// <param name="reducer">The reducer.</param>
    /// <exception cref="ArgumentNullException"><paramref name="reducer"/> is <see langword="null"/>.</exception>
    public ReducerMemory(IChatReducer reducer)
    {
        ArgumentNullException.ThrowIfNull(reducer);
        _reducer = reducer;
    }

    /// <summary>Gets the name of the reducer's type.</summary>
    public string Name => _reducer.GetType().Name;

    /// <inheritdoc/>
    public async ValueTask ApplyAsync(MemoryWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        MessageGroup[] groups = [.. work.Groups.Where(static group => group.CanDrop)];
        if (groups.Length == 0)
        {
            return;
        }

        var reduced = await _reducer.ReduceAsync([.. groups.SelectMany(static group => group.Messages)], cancellationToken).ConfigureAwait(false);
        var answer = ReducedMessages.Of(groups, reduced);
        LeaveOut(work, groups, answer);
        foreach (var group in groups.Where(answer.IsKept))
        {
            answer.Restore(work, group);
        }
    }

    /// <summary>Leaves out what the reducer did, with its new messages in the place of what stood there.</summary>
    private static void LeaveOut(MemoryWork work, MessageGroup[] groups, ReducedMessages answer)
    {
        var run = new List<MessageGroup>();
        var added = new List<ChatMessage>();
        foreach (var group in groups)
        {
            if (!answer.IsKept(group))
            {
                run.Add(group);
                continue;
            }

            added.AddRange(answer.AddedBefore(group));
            Finish();
        }

        added.AddRange(answer.AddedBefore(null));
        Finish();
        if (added.Count > 0)
        {
            work.ReportFailure(new InvalidOperationException("The reducer added messages and left nothing out for them; they were not sent."));
        }

        void Finish()
        {
            if (run.Count > 0 && added.Count > 0)
            {
                work.Replace(run, [.. added], "the reducer put another message in its place");
                added.Clear();
            }
            else
            {
                run.ForEach(group => work.Drop(group, LeftOut));
            }

            run.Clear();
        }
    }
}

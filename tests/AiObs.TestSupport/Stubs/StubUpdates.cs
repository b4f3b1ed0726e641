using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace AiObs.TestSupport.Stubs;

/// <summary>A scripted stream that records how it is read. Each move completes synchronously unless its script waits.</summary>
public sealed class StubUpdates(params ChatResponseUpdate[] updates) : IAsyncEnumerable<ChatResponseUpdate>
{
    private readonly List<Activity?> _moveActivities = [];

    /// <summary>Gets or sets what runs in GetAsyncEnumerator; throw to fail there.</summary>
    public Action OnGetEnumerator { get; set; } = () => { };

    /// <summary>Gets or sets what runs in each MoveNextAsync, given the number of the move from zero; throw or wait at will.</summary>
    /// <remarks>The token is the enumerator's.</remarks>
    public Func<int, CancellationToken, ValueTask> OnMoveNext { get; set; } = (_, _) => ValueTask.CompletedTask;

    /// <summary>Gets or sets what runs in DisposeAsync; throw or wait at will.</summary>
    public Func<ValueTask> OnDispose { get; set; } = () => ValueTask.CompletedTask;

    /// <summary>Gets how often an enumerator was asked for.</summary>
    public int EnumerationCount { get; private set; }

    /// <summary>Gets how often an enumerator was disposed.</summary>
    public int DisposeCount { get; private set; }

    /// <summary>Gets the token that the last enumerator was given.</summary>
    public CancellationToken EnumeratorToken { get; private set; }

    /// <summary>Gets the ambient activity inside GetAsyncEnumerator.</summary>
    public Activity? EnumeratorActivity { get; private set; }

    /// <summary>Gets the ambient activity inside each MoveNextAsync, in order.</summary>
    public IReadOnlyList<Activity?> MoveActivities => _moveActivities;

    /// <summary>Gets the ambient activity inside DisposeAsync.</summary>
    public Activity? DisposeActivity { get; private set; }

    /// <summary>Makes a stream that throws at the given move, counted from zero, after the updates before it.</summary>
    public static StubUpdates ThrowingAt(int move, Exception exception, params ChatResponseUpdate[] updates) => new(updates)
    {
        OnMoveNext = (current, _) => current == move ? ValueTask.FromException(exception) : ValueTask.CompletedTask,
    };

    /// <summary>
    /// Makes a stream that waits at the gate in the given move, counted from zero; cancelling the enumerator's token frees it too.
    /// </summary>
    public static StubUpdates WaitingAt(int move, StubGate gate, params ChatResponseUpdate[] updates) => new(updates)
    {
        OnMoveNext = (current, token) => current == move ? new ValueTask(gate.WaitAsync(token)) : ValueTask.CompletedTask,
    };

    /// <inheritdoc/>
    public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        EnumerationCount++;
        EnumeratorToken = cancellationToken;
        EnumeratorActivity = Activity.Current;
        OnGetEnumerator();

        return new Enumerator(this, updates, cancellationToken);
    }

    private sealed class Enumerator(StubUpdates owner, ChatResponseUpdate[] updates, CancellationToken cancellationToken)
        : IAsyncEnumerator<ChatResponseUpdate>
    {
        private int _next;

        public ChatResponseUpdate Current { get; private set; } = null!;

        public ValueTask<bool> MoveNextAsync()
        {
            owner._moveActivities.Add(Activity.Current);
            var script = owner.OnMoveNext(_next, cancellationToken);

            return script.IsCompletedSuccessfully ? ValueTask.FromResult(Move()) : MoveAfterAsync(script);
        }

        public ValueTask DisposeAsync()
        {
            owner.DisposeCount++;
            owner.DisposeActivity = Activity.Current;

            return owner.OnDispose();
        }

        private async ValueTask<bool> MoveAfterAsync(ValueTask script)
        {
            await script;

            return Move();
        }

        private bool Move()
        {
            if (_next >= updates.Length)
            {
                return false;
            }

            Current = updates[_next++];

            return true;
        }
    }
}

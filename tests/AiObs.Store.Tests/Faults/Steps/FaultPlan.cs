using AiObs.Store.Tests.Databases;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AiObs.Store.Tests.Faults.Steps;

/// <summary>Counts the steps that an operation takes on a file, and lets one of them fail.</summary>
internal sealed class FaultPlan(SqliteTestDatabase database, FaultKind kind, int failing)
{
    private const int InputOutput = 10;
    private const int Full = 13;

    private int _count;

    public int Count => _count;

    public bool IsHealed { get; set; }

    /// <summary>Takes a step: opening, a command, a transaction's begin, commit and rollback, closing.</summary>
    public T Step<T>(SqliteConnection connection, Func<T> work)
    {
        var number = Interlocked.Increment(ref _count);
        if (IsHealed || (kind == FaultKind.AllFromThereOn ? number < failing : number != failing))
        {
            return work();
        }

        switch (kind)
        {
            case FaultKind.LogDeleted:
                File.Delete(database.Path + "-wal");
                return work();
            case FaultKind.Done:
                (work() as IDisposable)?.Dispose();
                break;
            case FaultKind.RolledBack when connection.Handle is { } handle:
                raw.sqlite3_exec(handle, "ROLLBACK");
                break;
        }

        throw new SqliteException($"Step {number} fails.", number % 2 == 0 ? InputOutput : Full);
    }
}

using System.Data;
using Microsoft.Data.Sqlite;

namespace AiObs.Store.Tests.Faults.Steps;

/// <summary>Is a connection all of whose steps are a plan's.</summary>
internal sealed class FaultySqliteConnection(string connectionString, FaultPlan plan) : SqliteConnection(connectionString)
{
    public override void Open() => plan.Step(this, () =>
    {
        base.Open();
        return 0;
    });

    public override SqliteCommand CreateCommand() => new Command(this, plan) { Transaction = Transaction };

    public override void Close()
    {
        if (State == ConnectionState.Open)
        {
            // What was closed is closed, even where it fails.
            base.Close();
            plan.Step(this, static () => 0);
        }
    }

    private sealed class Command(SqliteConnection connection, FaultPlan plan) : SqliteCommand(null, connection)
    {
        // Everything that a command runs comes here.
        public override SqliteDataReader ExecuteReader(CommandBehavior behavior) => plan.Step(Connection!, () => base.ExecuteReader(behavior));
    }
}

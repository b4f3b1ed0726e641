using AiObs.Cost;
using AiObs.Store.Sql;

namespace AiObs.Store.Tests.Processes;

/// <summary>Erases the ids of a user from costs.</summary>
internal static class EraserProcess
{
    /// <summary>The switch that makes the test program this process.</summary>
    public const string Switch = "--eraser";

    /// <summary>What it says before it erases.</summary>
    public const string Begins = "begins";

    /// <summary>The key of the costs.</summary>
    public static EventLogOptions Keyed { get; } = new() { HmacKey = [.. Enumerable.Repeat((byte)7, 32)] };

    public static bool IsMeant(string[] arguments) => arguments is [Switch, ..];

    /// <param name="arguments">The switch, the kind of database, its connection string, and the user.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        await using var database = new SqlDatabase(WriterProcess.DialectOf(arguments[1], arguments[2]), TimeProvider.System);
        var costs = SqlStoreRegistration.CreateCosts("eraser", database, Keyed);
        await costs.CountAsync(CostQuery.All);
        await Console.Out.WriteLineAsync(Begins);
        await Console.Out.FlushAsync();
        await costs.EraseIdsAsync(new CostQuery { UserId = arguments[3] });
        return 0;
    }
}

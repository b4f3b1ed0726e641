using System.Globalization;
using AiObs.Store.Sql;
using AiObs.Store.Tests.Sql.Conversations;

namespace AiObs.Store.Tests.Processes;

/// <summary>Commits messages with their events to a few conversations until it is killed or has no more, and says of each commit when it is acknowledged.</summary>
internal static class ConversationWriterProcess
{
    /// <summary>The switch that makes the test program this writer.</summary>
    public const string Switch = "--conversation-writer";

    private const int Conversations = 3;

    /// <summary>Gets the conversations that it writes to.</summary>
    public static IEnumerable<string> Ids => Enumerable.Range(0, Conversations).Select(static number => string.Create(CultureInfo.InvariantCulture, $"c-{number}"));

    public static bool IsMeant(string[] arguments) => arguments is [Switch, ..];

    /// <summary>Returns the commit that begins with a message.</summary>
    public static ConversationCommit CommitOf(int first, int size) => ConversationReading.Commit(
        string.Create(CultureInfo.InvariantCulture, $"c-{first / size % Conversations}"), [.. Enumerable.Range(first, size)]);

    /// <param name="arguments">The switch, the kind of database, its connection string, the number of the first message, of messages per commit, and of commits.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var numbers = arguments[3..].Select(static number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        await using var database = new SqlDatabase(WriterProcess.DialectOf(arguments[1], arguments[2]), TimeProvider.System);
        using var log = SqlStoreRegistration.CreateLog("writer", database, options: null);
        await using var store = SqlStoreRegistration.CreateConversations("writer", database, log);
        for (var (first, size, left) = (numbers[0], numbers[1], numbers[2]); left > 0; first += size, left--)
        {
            await store.CommitAsync(CommitOf(first, size));
            await Console.Out.WriteLineAsync(first.ToString(CultureInfo.InvariantCulture));
            await Console.Out.FlushAsync();
        }

        return 0;
    }
}

using System.Diagnostics;
using AiObs.Store;
using AiObs.Store.Events;
using AiObs.Store.PostgreSql;
using AiObs.Store.Sql;
using AiObs.Store.Sql.Conversations;
using AiObs.Store.Sql.Events;
using AiObs.TestSupport.Databases;
using Npgsql;

namespace AiObs.Benchmarks.Conversations;

/// <summary>How many commits with events PostgreSQL takes of 16 instances at once, with the outbox and with the log's lock in each commit.</summary>
internal static class ManyClients
{
    private const string Part = "conversations";
    private const int Clients = 16;
    private const int Conversations = 200;
    private const int Rounds = 3;
    private const double LeastGain = 4;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    public static async Task<bool> CompareAsync(TextWriter output)
    {
        if (PostgreSqlBinaries.Find() is not { } binaries)
        {
            await output.WriteLineAsync(PostgreSqlBinaries.Missing);
            return true;
        }

        // A commit that is not on the disk costs nothing, whoever waits for it.
        await using var server = await PostgreSqlServer.StartAsync(binaries, "-c fsync=on -c full_page_writes=on");
        var gains = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var locked = await MeasureAsync(server, $"locked_{round}", static instance => instance.CommitLockedAsync);
            var outbox = await MeasureAsync(server, $"outbox_{round}", static instance => instance.CommitAsync);
            gains[round] = outbox / locked;
            await output.WriteLineAsync($"{Clients} clients: {outbox,7:F0} commits/s with the outbox, {locked,7:F0}/s with the log's lock, x {gains[round]:F2}");
        }

        var gain = gains.Order().ElementAt(Rounds / 2);
        await output.WriteLineAsync($"{Clients} clients: median gain x {gain:F2}, at least {LeastGain:F2}");
        return gain >= LeastGain;
    }

    private static async Task<double> MeasureAsync(PostgreSqlServer server, string schema, Func<Instance, Func<ConversationCommit, Task>> way)
    {
        await using (var connection = new NpgsqlConnection(server.ConnectionString))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand($"CREATE SCHEMA {schema}", connection);
            await command.ExecuteNonQueryAsync();
        }

        var instances = Enumerable.Range(0, Clients).Select(_ => new Instance($"{server.ConnectionString};Search Path={schema}")).ToArray();
        foreach (var number in Enumerable.Range(0, Conversations))
        {
            await instances[number % Clients].CommitAsync(Commits.Creating(Commits.IdOf(number)));
        }

        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(instances.Select((instance, client) => Task.Run(async () =>
        {
            var (count, commit) = (0, way(instance));
            for (var number = client; Stopwatch.GetElapsedTime(start) < Duration; number++, count++)
            {
                await commit(Commits.Make(Commits.IdOf(number * 7 % Conversations)));
            }

            return count;
        })));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }

        return counts.Sum() / seconds;
    }

    /// <summary>An instance of an application.</summary>
    private sealed class Instance : IAsyncDisposable
    {
        private readonly SqlDatabase _database;
        private readonly SqlEventLog _log;
        private readonly SqlConversationStore _store;

        public Instance(string connectionString)
        {
            _database = new(new PostgreSqlDialect(PostgreSqlSource.Create(connectionString), ownsSource: true), TimeProvider.System);
            _log = SqlStoreRegistration.CreateLog("instance", _database, options: null);
            _store = SqlStoreRegistration.CreateConversations("instance", _database, _log);
        }

        public async Task CommitAsync(ConversationCommit commit) => await _store.CommitAsync(commit);

        /// <summary>Does the same with the events in the log when it returns, as on SQLite.</summary>
        public async Task CommitLockedAsync(ConversationCommit commit)
        {
            var events = EventIntake.Prepare(commit.Events);
            await _log.InTurnAsync(
                () => _database.WriteSharedAsync(
                    Part,
                    async write =>
                    {
                        var result = await new ConversationWrite(_database.Dialect, write, commit, [], CancellationToken.None).RunAsync();
                        await _log.CommitAsync(write, writes => writes.AddAsync(events), CancellationToken.None);
                        return result;
                    },
                    CancellationToken.None),
                CancellationToken.None);
        }

        public async ValueTask DisposeAsync()
        {
            await _store.DisposeAsync();
            _log.Dispose();
            await _database.DisposeAsync();
        }
    }
}

using AiObs.Soak.Books;
using AiObs.Soak.Faults;
using AiObs.Soak.Load;
using AiObs.Soak.Observed;
using AiObs.Soak.Watching;
using AiObs.TestSupport;
using AiObs.TestSupport.Databases;
using FakeModelServer;

namespace AiObs.Soak;

/// <summary>Is one soak: load in legs, with something failing in each and a checkpoint after each, then the reckoning.</summary>
internal sealed class SoakRun(SoakOptions options, TextWriter output)
{
    private const int ShortLegs = 8;
    private const int LongLegs = 20;
    private const int RequestCapacity = 500;

    private static readonly TimeSpan LongSoak = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ReadInterval = TimeSpan.FromMilliseconds(100);

    private readonly List<Reading> _readings = [];

    public async Task<SoakResult> RunAsync()
    {
        using var directory = new TemporaryDirectory();
        await using var postgreSql = PostgreSqlBinaries.Find() is { } binaries ? await PostgreSqlServer.StartAsync(binaries) : null;
        if (postgreSql is null)
        {
            await output.WriteLineAsync(PostgreSqlBinaries.Missing);
        }

        var places = new Places(directory, postgreSql?.ConnectionString);
        var plans = new RunPlans(options.Seed);
        var model = new ScriptedModel(plans);
        await using var server = await FakeServer.StartAsync(new FakeServerOptions { Handler = model.Reply, RequestCapacity = RequestCapacity });
        using var witnesses = new Witnesses(places, server, plans);

        var ending = await LoadAsync(places, plans, model, server, witnesses, postgreSql);
        var stored = await Stored.ReadAsync(places);

        return Reckoner.Reckon(witnesses, ending, stored, _readings);
    }

    private async Task<Ending> LoadAsync(
        Places places, RunPlans plans, ScriptedModel model, FakeServer server, Witnesses witnesses, PostgreSqlServer? postgreSql)
    {
        await using var system = new ObservedSystem(places, witnesses.Recovering, witnesses.Hanging, witnesses.Slow);
        using var clients = new ModelClients(server, system.Observability);
        var execution = new RunExecution(clients, model, system.Observability, witnesses.Client);
        var generator = new LoadGenerator(plans, execution.RunAsync);
        List<IFault> faults =
            [new SinkOutage(system.RecoveringSink), new SinkHang(system.HangingSink), new SqliteLock(places.Sqlite)];
        if (postgreSql is not null)
        {
            faults.Add(new PostgreSqlCrash(postgreSql));
        }

        var legs = options.Duration < LongSoak ? ShortLegs : LongLegs;
        for (var leg = 0; leg < legs; leg++)
        {
            var fault = faults[leg % faults.Count];
            await output.WriteLineAsync($"leg {leg + 1} of {legs}: {fault.Name}");
            await RunLegAsync(options.Duration / legs, generator, fault, witnesses.Server);
            await system.Observability.Events.FlushAsync();
            _readings.Add(Reading.Take(generator.Count));
        }

        return Ending.Of(system);
    }

    private static async Task RunLegAsync(TimeSpan duration, LoadGenerator generator, IFault fault, ServerWitness server)
    {
        var leg = Task.WhenAll(generator.RunAsync(duration), fault.RunAsync());
        while (!leg.IsCompleted)
        {
            server.Read();
            await Task.WhenAny(leg, Task.Delay(ReadInterval));
        }

        await leg;
        while (server.Read() > 0)
        {
            await Task.Delay(ReadInterval);
        }
    }
}

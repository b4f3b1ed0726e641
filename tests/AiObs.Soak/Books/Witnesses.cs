using AiObs.Soak.Load;
using AiObs.Soak.Observed;
using AiObs.Soak.Reckoning;
using AiObs.Soak.Sinks;
using FakeModelServer;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.Soak.Books;

/// <summary>Holds everybody who watches the load, each with a journal of its own.</summary>
internal sealed class Witnesses : IDisposable
{
    private readonly List<Journal> _journals = [];
    private readonly Places _places;
    private readonly Journal _server;
    private readonly Journal _spans;
    private readonly Journal _recovering;
    private readonly Journal _hanging;
    private readonly TracerProvider _tracing;

    public Witnesses(Places places, FakeServer server, RunPlans plans)
    {
        _places = places;
        _server = Open("server");
        _spans = Open("spans");
        _recovering = Open("recovering");
        _hanging = Open("hanging");
        Client = Open("client");
        Server = new ServerWitness(server, plans, _server);
        Spans = new SpanWitness(_spans);
        Metrics = new MetricWitness();
        Recovering = new EventTaker(_recovering);
        Hanging = new EventTaker(_hanging);
        Slow = new EventTaker(Open("slow"));
        _tracing = Sdk.CreateTracerProviderBuilder().AddAgentObservability().AddProcessor(Spans).Build();
    }

    public Journal Client { get; }

    public ServerWitness Server { get; }

    public SpanWitness Spans { get; }

    public MetricWitness Metrics { get; }

    public EventTaker Recovering { get; }

    public EventTaker Hanging { get; }

    public EventTaker Slow { get; }

    /// <summary>Returns what they wrote down, the server first: nobody knows better what was served.</summary>
    public IEnumerable<Book> ReadBooks() =>
    [
        new Book("server", ServedCall.Measures, _server.ReadAll()),
        new Book("client", RunTally.Measures, Client.ReadAll()),
        new Book("spans", SpanWitness.Measures, _spans.ReadAll()),
        new Book("metrics", MetricWitness.Measures, Metrics.Describe()) { HasTotalsOnly = true },
        new Book(SinkNames.Recovering, EventWords.Measures, _recovering.ReadAll()),
        new Book(SinkNames.Hanging, EventWords.Measures, _hanging.ReadAll()),
    ];

    public void Dispose()
    {
        _tracing.Dispose();
        Metrics.Dispose();
        _journals.ForEach(static journal => journal.Dispose());
    }

    private Journal Open(string name)
    {
        var journal = new Journal(_places.JournalOf(name));
        _journals.Add(journal);

        return journal;
    }
}

using System.Text.Json;
using AiObs.Soak.Load;
using AiObs.Soak.Reckoning;
using FakeModelServer;

namespace AiObs.Soak.Books;

/// <summary>Reads what the server received before it forgets, and writes down what each request was worth.</summary>
internal sealed class ServerWitness(FakeServer server, RunPlans plans, Journal journal)
{
    private readonly List<RecordedRequest> _open = [];
    private long _lastNumber;

    /// <summary>Gets how many requests there were.</summary>
    public long Count => _lastNumber;

    /// <summary>Gets how many requests the server forgot before they were read.</summary>
    public long MissedCount { get; private set; }

    /// <summary>Gets how many requests belong to no run, or did not end as the script wanted it.</summary>
    public long SurpriseCount { get; private set; }

    /// <summary>Reads on, and returns how many requests the server is not done with.</summary>
    public int Read()
    {
        foreach (var request in server.Requests.Where(request => request.Number > _lastNumber))
        {
            MissedCount += request.Number - _lastNumber - 1;
            _lastNumber = request.Number;
            _open.Add(request);
        }

        _open.RemoveAll(TryDescribe);

        return _open.Count;
    }

    private bool TryDescribe(RecordedRequest request)
    {
        if (!request.Finished.IsCompletedSuccessfully)
        {
            return false;
        }

        if (RunText.FindRun(request.Body) is not { } number)
        {
            SurpriseCount++;

            return true;
        }

        var plan = plans.Of(number);
        var step = CountAnswers(request.Body);
        var fate = step == plan.LastStep ? plan.Fate : RunFate.Answered;
        SurpriseCount += request.Finished.Result == ServedCall.OutcomeOf(fate) ? 0 : 1;
        foreach (var entry in ServedCall.Describe(plan, step, fate))
        {
            journal.Add(entry.Run, entry.Measure, entry.Amount);
        }

        return true;
    }

    private static int CountAnswers(string body)
    {
        using var json = JsonDocument.Parse(body);

        return json.RootElement.TryGetProperty("messages", out var messages)
            ? messages.EnumerateArray().Count(static message => message.GetProperty("role").ValueEquals("assistant"))
            : 0;
    }
}

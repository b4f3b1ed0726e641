using System.Data.Common;
using AiObs.Events.Log;

namespace AiObs.Storage.Events;

/// <summary>The filters of a query as a condition. Values are parameters, always; the text depends on which filters are set alone.</summary>
internal sealed class EventSelection
{
    private readonly List<(string Name, object Value)> _parameters = [];
    private readonly List<string> _conditions = [];
    private readonly SqlDialect _dialect;

    public EventSelection(SqlDialect dialect, EventFilter filter)
    {
        _dialect = dialect;

        // The first that is set is the one whose index is read: these name ever more events.
        AddEqual("trace_id", filter.TraceId);
        AddEqual("conversation_id", filter.ConversationId);
        AddEqual("session_id", filter.SessionId);
        AddEqual("user_id", filter.UserId);
        AddEqual("type", filter.Type);
        Add("ticks", ">=", "after", filter.AfterTicks);
        Add("ticks", "<=", "before", filter.BeforeTicks);
    }

    /// <summary>Gets the condition on <c>e</c>, the events; one that always holds where there are no filters.</summary>
    public string Condition => _conditions.Count == 0 ? "1 = 1" : string.Join(" AND ", _conditions);

    /// <summary>Sets the parameters of the condition.</summary>
    public DbCommand BindTo(DbCommand command)
    {
        foreach (var (name, value) in _parameters)
        {
            command.Bind(name, value);
        }

        return command;
    }

    private void AddEqual(string column, string? value) => Add(column, "=", column, value);

    private void Add(string column, string comparison, string parameter, object? value)
    {
        if (value is not null)
        {
            var name = $"@{parameter}";
            var qualified = $"e.{column}";
            _conditions.Add($"{(_conditions.Count == 0 ? qualified : _dialect.WithoutIndex(qualified))} {comparison} {name}");
            _parameters.Add((name, value));
        }
    }
}

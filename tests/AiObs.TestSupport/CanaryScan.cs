using System.Collections;
using System.Diagnostics;
using AiObs.TestSupport.Otlp;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.TestSupport;

/// <summary>Looks for planted strings in collected telemetry, to prove that content does not leak.</summary>
/// <remarks>
/// Plant plain letters and digits, which no encoder rewrites; give the base64 form as a canary of its own for binary content.
/// </remarks>
public sealed class CanaryScan(params string[] canaries)
{
    private readonly List<string> _hits = [];

    /// <summary>Gets how many texts were looked at, keys among them.</summary>
    public int Looks { get; private set; }

    /// <summary>Gets one line per place where a canary was found; empty when nothing leaked.</summary>
    public IReadOnlyList<string> Hits => _hits;

    /// <summary>Looks through names, status, attributes, events, links and baggage of spans.</summary>
    public CanaryScan Search(IEnumerable<Activity> spans)
    {
        foreach (var span in spans)
        {
            var place = $"span '{span.DisplayName}'";
            Search(span.DisplayName, place);
            Search(span.OperationName, place);
            Search(span.StatusDescription, $"status of {place}");
            Search(span.TraceStateString, $"trace state of {place}");
            Search(span.TagObjects, place);
            Search(span.Baggage, $"baggage of {place}");
            Search(span.Events.Select(item => KeyValuePair.Create<string, object?>(item.Name, item.Tags)), $"events of {place}");
            Search(span.Links.SelectMany(link => link.Tags ?? []), $"links of {place}");
        }

        return this;
    }

    /// <summary>Looks through names and tags of measurements.</summary>
    public CanaryScan Search(IEnumerable<CollectedMeasurement> measurements)
    {
        foreach (var measurement in measurements)
        {
            Search(measurement.Name, "instrument name");
            Search(measurement.Tags, $"measurement of '{measurement.Name}'");
        }

        return this;
    }

    /// <summary>Looks through messages, structured values and exceptions of log records.</summary>
    public CanaryScan Search(IEnumerable<FakeLogRecord> logs)
    {
        foreach (var log in logs)
        {
            var place = $"log '{log.Id}' of '{log.Category}'";
            Search(log.Message, $"message of {place}");
            Search(log.StructuredState?.Select(value => KeyValuePair.Create<string, object?>(value.Key, value.Value)), place);
            Search(log.Exception?.ToString(), $"exception of {place}");
        }

        return this;
    }

    /// <summary>Looks through names, status, attributes, events and links of spans that came over the wire.</summary>
    public CanaryScan Search(IEnumerable<ReceivedSpan> spans)
    {
        foreach (var span in spans)
        {
            var place = $"received span '{span.Name}'";
            Search(span.Name, place);
            Search(span.StatusMessage, $"status of {place}");
            Search(span.Attributes, place);
            Search(span.Events.Select(item => KeyValuePair.Create<string, object?>(item.Name, item.Attributes)), $"events of {place}");
            Search(span.Links.SelectMany(link => link.Attributes), $"links of {place}");
        }

        return this;
    }

    /// <summary>Looks through bodies and attributes of log records that came over the wire.</summary>
    public CanaryScan Search(IEnumerable<ReceivedLog> logs)
    {
        foreach (var log in logs)
        {
            Search(log.Body, "body of a received log record");
            Search(log.Attributes, "received log record");
        }

        return this;
    }

    /// <summary>Looks through one text, such as a file as it lies on the disk.</summary>
    public CanaryScan SearchText(string text, string place)
    {
        Search(text, place);
        return this;
    }

    /// <summary>Looks through values, keys and lists of any other telemetry.</summary>
    public CanaryScan Search(IEnumerable<KeyValuePair<string, object?>> values)
    {
        Search(values, "values");
        return this;
    }

    private void Search(object? value, string place)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                Looks++;
                _hits.AddRange(
                    from canary in canaries
                    where text.Contains(canary, StringComparison.Ordinal)
                    select $"{canary} in {place}");
                break;
            case KeyValuePair<string, object?> pair:
                Search(pair.Key, $"a key in {place}");
                Search(pair.Value, $"{pair.Key} in {place}");
                break;
            case IEnumerable items:
                foreach (var item in items)
                {
                    Search(item, place);
                }

                break;
            default:
                Search(value.ToString(), place);
                break;
        }
    }
}

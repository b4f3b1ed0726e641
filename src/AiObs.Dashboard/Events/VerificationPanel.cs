using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Events;

/// <summary>What the last scheduled verification of the log found, and how long ago. No page verifies: that reads the whole log.</summary>
internal static class VerificationPanel
{
    public static void Write(HtmlWriter html, ScheduledVerification? schedule, DateTimeOffset now)
    {
        switch (schedule?.Last)
        {
            case null when schedule is null:
                Parts.Empty(
                    "The log was never verified here. Have the host do it:",
                    "services.AddAgentObservability().AddStore(s => s.UseSqlite(\"Data Source=aiobs.db\").VerifyEvery(TimeSpan.FromHours(6)));")(html);
                break;
            case null:
                html.Write($"""<p class="hint">The log is being verified for the first time.</p>""");
                break;
            case { Result: { } result } last:
                Write(html, result, Ago(last, now));
                break;
            case { } failed:
                Parts.Fault($"The log could not be verified {Ago(failed, now)} ({failed.ErrorType}). It is tried again every {Shown.Duration(schedule.Interval)}.")(html);
                break;
        }
    }

    private static void Write(HtmlWriter html, EventLogVerification result, string ago)
    {
        var extent = $"{Shown.Number(result.EventCount)} events, {Shown.Number(result.WriterCount)} writers, {(result.IsKeyed ? "keyed" : "without a key")}";
        if (result.IsIntact)
        {
            html.Write($"""<p class="well">verified {ago}, intact, {extent}</p>""");
            return;
        }

        html.Write($"""<div class="fault" role="status"><p>verified {ago}, not intact: {Shown.Number(result.Faults.Count)} faults, {extent}</p><ul>""");
        foreach (var fault in result.Faults)
        {
            html.Write($"<li>{fault.Kind.ToString()}: <bdi>{fault.Description}</bdi></li>");
        }

        html.Write($"</ul></div>");
    }

    private static string Ago(VerificationRecord record, DateTimeOffset now) =>
        now - record.Time is { TotalMinutes: >= 1 } age ? Shown.Duration(age) + " ago" : "just now";
}

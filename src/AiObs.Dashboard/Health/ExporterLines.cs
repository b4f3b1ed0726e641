using AiObs.Dashboard.Html;

namespace AiObs.Dashboard.Health;

/// <summary>Whether spans are listened to and exporters work, as the doctor sees it.</summary>
internal static class ExporterLines
{
    public static void Write(HtmlWriter html, IReadOnlyList<DoctorFinding> findings)
    {
        Write(html, findings, "AIOBS003", "Spans are listened to.");
        Write(html, findings, "AIOBS004", "No exporter of this process has told of a failure in the last hour.");
    }

    private static void Write(HtmlWriter html, IReadOnlyList<DoctorFinding> findings, string id, string well)
    {
        if (findings.FirstOrDefault(finding => finding.Id == id) is { } finding)
        {
            html.Write($"""<p class="bad"><bdi>{finding.Seen}</bdi></p>""");
        }
        else
        {
            html.Write($"""<p class="well">{well}</p>""");
        }
    }
}

using AiObs.Dashboard.Html;

namespace AiObs.Dashboard.Health;

/// <summary>Whether spans are listened to and exporters work, as the doctor sees it.</summary>
internal static class ExporterLines
{
    private const string NobodyListens = "AIOBS003";
    private const string ExporterFails = "AIOBS004";

    public static void Write(HtmlWriter html, IReadOnlyList<DoctorFinding> findings)
    {
        Write(html, findings, NobodyListens, "Spans are listened to.");
        Write(html, findings, ExporterFails, "No exporter of this process has told of a failure in the last hour.");
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

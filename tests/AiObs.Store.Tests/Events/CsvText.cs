using System.Text;

namespace AiObs.Store.Tests.Events;

/// <summary>Reads comma-separated values as RFC 4180 has them, which is not how we write them; a missing cell is <see langword="null"/>.</summary>
internal static class CsvText
{
    public static List<List<string?>> Read(string text)
    {
        List<List<string?>> records = [];
        List<string?> record = [];
        var at = 0;
        while (at < text.Length)
        {
            record.Add(text[at] == '"' ? Quoted(text, ref at) : Plain(text, ref at));
            Assert.True(at < text.Length, "The last record has no end.");
            if (text[at] == ',')
            {
                at++;
                continue;
            }

            Assert.Equal("\r\n", text[at..(at + 2)]);
            at += 2;
            records.Add(record);
            record = [];
        }

        return records;
    }

    private static string Quoted(string text, ref int at)
    {
        var cell = new StringBuilder();
        for (at++; ; at++)
        {
            if (text[at] != '"')
            {
                cell.Append(text[at]);
            }
            else if (text[at + 1] == '"')
            {
                cell.Append(text[at++]);
            }
            else
            {
                at++;
                return cell.ToString();
            }
        }
    }

    private static string? Plain(string text, ref int at)
    {
        var start = at;
        at = text.IndexOfAny([',', '\r', '\n', '"'], start);
        return at == start ? null : text[start..at];
    }
}

namespace AiObs.ArchitectureTests.PublicApi;

/// <summary>The checked-in public surface of an assembly.</summary>
internal sealed class Approved(string folder, string assemblyName)
{
    private string ApprovedPath => Path.Combine(folder, $"{assemblyName}.approved.txt");

    private string ReceivedPath => Path.Combine(folder, $"{assemblyName}.received.txt");

    /// <summary>Returns null when the surface is as approved, otherwise what differs and how to accept it.</summary>
    /// <remarks>Leaves the new surface beside the approved one, unless told to write nothing.</remarks>
    public string? Compare(string received, bool mayWrite)
    {
        var approved = File.Exists(ApprovedPath) ? File.ReadAllText(ApprovedPath).ReplaceLineEndings("\n") : null;
        if (approved == received)
        {
            File.Delete(ReceivedPath);

            return null;
        }

        if (mayWrite)
        {
            File.WriteAllText(ReceivedPath, received);
        }

        return $"""
            The public surface of {assemblyName} is not the approved one:
            {Difference(approved?.Split('\n') ?? [], received.Split('\n'))}
            If that is meant, accept it and let the reviewer read the difference:
              {Acceptance(mayWrite)}
            """;
    }

    private string Acceptance(bool mayWrite) => mayWrite
        ? $"mv {ReceivedPath} {ApprovedPath}"
        : $"run the tests on your own machine and accept the received file as {Path.GetFileName(ApprovedPath)}";

    private static string Difference(string[] approved, string[] received)
    {
        var removed = LinesBeyond(received, approved).Select(line => $"  - {line.Trim()}");
        var added = LinesBeyond(approved, received).Select(line => $"  + {line.Trim()}");

        return string.Join('\n', removed.Concat(added));
    }

    // Types share lines, so each line is taken off once: a member that another type has too is still told.
    private static IEnumerable<string> LinesBeyond(string[] known, string[] lines)
    {
        var left = known.ToList();

        return lines.Where(line => !left.Remove(line));
    }
}

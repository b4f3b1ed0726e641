namespace AiObs.ArchitectureTests.Rules;

/// <summary>A folder uses only folders that stand lower in the list of its project, so that each can be read without those above it.</summary>
internal static class FolderLayers
{
    /// <summary>The references that do not go to a lower folder, one for each pair of types.</summary>
    public static IReadOnlyList<FolderLayersReference> Wrong(FolderLayersList list, FolderLayersProject project) =>
    [
        .. project.References
            .Where(reference => list.Holds(reference.From) && list.Holds(reference.To) && !list.IsAbove(reference.From, reference.To))
            .OrderBy(static reference => string.Join(' ', reference.From, reference.To, reference.Type, reference.Named), StringComparer.Ordinal)
            .DistinctBy(static reference => (reference.From, reference.Type, reference.To, reference.Named)),
    ];

    /// <summary>The groups of folders that reach each other.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Circles(FolderLayersProject project)
    {
        var uses = project.References.ToLookup(static reference => reference.From, static reference => reference.To);
        var reached = project.Folders.ToDictionary(static folder => folder, folder => Reached(folder, uses));

        return
        [
            .. project.Folders.Order(StringComparer.Ordinal)
                .Where(folder => reached[folder].Contains(folder))
                .GroupBy(folder => reached[folder].Where(other => reached[other].Contains(folder)).Min(StringComparer.Ordinal))
                .Select(static circle => circle.ToList()),
        ];
    }

    /// <summary>What is to be done, or nothing.</summary>
    public static IEnumerable<string> Problems(FolderLayersList list, FolderLayersProject project)
    {
        foreach (var folder in project.Folders.Where(folder => !list.Holds(folder)).Order(StringComparer.Ordinal))
        {
            yield return $"src/{project.Name}/{folder} is in no list: write \"{folder}\" into the block {project.Name} of {FolderLayersList.File},"
                + " below the folders that use it and above those that it uses (the lowest is written first).";
        }

        var wrong = Wrong(list, project);
        if (Compare(wrong.Count, list.Wrong, $"References of {project.Name} that do not go to a lower folder", "wrong") is { } counted)
        {
            yield return string.Join('\n', [counted, .. wrong]);
        }

        var circles = Circles(project);
        if (Compare(circles.Sum(static circle => circle.Count), list.InCircles, $"Folders of {project.Name} in circles", "in circles") is { } found)
        {
            yield return string.Join('\n', [found, .. circles.Select(static circle => string.Join(", ", circle))]);
        }

        // A list may name folders that are still to come, as long as something is in the wrong place.
        foreach (var folder in list.Folders.Where(folder => wrong.Count == 0 && !project.Folders.Contains(folder)))
        {
            yield return $"src/{project.Name}/{folder} holds no type: take it out of the block {project.Name} of {FolderLayersList.File}.";
        }
    }

    private static string? Compare(int found, int allowed, string what, string word) =>
        found > allowed ? $"{what}: {found}; {allowed} are allowed:"
        : found < allowed ? $"{what}: {found}; {allowed} are allowed. Write \"{found} {word}\" into {FolderLayersList.File}:"
        : null;

    private static HashSet<string> Reached(string folder, ILookup<string, string> uses)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(uses[folder]);
        while (open.TryDequeue(out var next))
        {
            if (reached.Add(next))
            {
                foreach (var further in uses[next])
                {
                    open.Enqueue(further);
                }
            }
        }

        return reached;
    }
}

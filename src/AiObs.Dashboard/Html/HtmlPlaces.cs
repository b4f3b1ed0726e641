namespace AiObs.Dashboard.Html;

/// <summary>Follows markup from place to place.</summary>
internal static class HtmlPlaces
{
    private const string Title = "<title";

    /// <summary>Returns the place after a literal.</summary>
    public static HtmlPlace After(ReadOnlySpan<char> literal, HtmlPlace place)
    {
        var tag = 0;
        for (var index = 0; index < literal.Length; index++)
        {
            switch (place, literal[index])
            {
                case (HtmlPlace.Content or HtmlPlace.Title, '<'):
                    place = HtmlPlace.Tag;
                    tag = index;
                    break;
                case (HtmlPlace.Tag, '>'):
                    place = literal[tag..index].StartsWith(Title, StringComparison.Ordinal) ? HtmlPlace.Title : HtmlPlace.Content;
                    break;
                case (HtmlPlace.Tag, '"'):
                    place = HtmlPlace.Quoted;
                    break;
                case (HtmlPlace.Quoted, '"'):
                    place = HtmlPlace.Tag;
                    break;
            }
        }

        return place;
    }
}

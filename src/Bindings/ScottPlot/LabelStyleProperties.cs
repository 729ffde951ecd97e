namespace ScottPlot;

/// <summary>What has a text, whose style is at hand.</summary>
public abstract class LabelStyleProperties
{
    /// <summary>The text and how it looks.</summary>
    public abstract LabelStyle LabelStyle { get; set; }

    /// <summary>The text.</summary>
    public string LabelText { get => LabelStyle.Text; set => LabelStyle.Text = value; }

    /// <summary>The font's size, in pixels.</summary>
    public float LabelFontSize { get => LabelStyle.FontSize; set => LabelStyle.FontSize = value; }

    /// <summary>Whether the letters are heavy.</summary>
    public bool LabelBold { get => LabelStyle.Bold; set => LabelStyle.Bold = value; }

    /// <summary>The letters' colour.</summary>
    public Color LabelFontColor { get => LabelStyle.ForeColor; set => LabelStyle.ForeColor = value; }

    /// <summary>Which part of the text lies on its place.</summary>
    public Alignment LabelAlignment { get => LabelStyle.Alignment; set => LabelStyle.Alignment = value; }

    /// <summary>Degrees clockwise around its place.</summary>
    public float LabelRotation { get => LabelStyle.Rotation; set => LabelStyle.Rotation = value; }
}
